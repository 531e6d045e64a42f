import { useQuery } from '@tanstack/react-query'
import { Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { faultKinds, findings } from '../../src-main/investigations/contract.ts'
import { api, desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { useTongue } from '../ui/use-tongue.ts'
import { type RemedyDialogProps, useRefresh } from './remedy.ts'

const causeGroups = ['product', 'way', 'store', 'customer', 'other'] as const

/** One fact: what was found, or why it is left out. */
export function FactDialog(props: RemedyDialogProps & { fact: string }) {
  const { complaintId, found, close } = props
  const { t } = useTranslation()
  const tongue = useTongue()
  const fact = found.facts.find(({ id }) => id === props.fact)
  const draftKey = `fact-${complaintId}-${props.fact}`
  const [values, keep, clear] = useDraft(draftKey, {
    state: fact?.state === 'skipped' ? ('skipped' as const) : ('settled' as const),
    text: fact?.text ?? '',
  })
  const refresh = useRefresh(close)
  const settle = useCommand(desk.investigations.settleFact, {
    draftKey,
    onDone: () => {
      clear()
      refresh()
    },
  })
  const isSkipped = values.state === 'skipped'
  const text = values.text.trim()
  return (
    <ConfirmDialog
      open
      width={600}
      title={fact?.names[tongue] ?? ''}
      confirmLabel={t('settlements:save')}
      busy={settle.isPending}
      unready={text.length < 2}
      onCancel={close}
      onConfirm={() => settle.mutate({ complaintId, fact: props.fact, state: values.state, text })}
    >
      <RefusalAlert error={settle.error} />
      <Field label={t(`settlements:findings.${isSkipped ? 'skipReason' : 'factText'}`)}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={values.text}
            maxLength={2_000}
            autoSize={{ minRows: 3, maxRows: 8 }}
            onChange={(event) => keep({ ...values, text: event.target.value })}
          />
        )}
      </Field>
      <Choice
        legend={t('settlements:findings.whether')}
        value={values.state}
        options={(['settled', 'skipped'] as const).map((value) => ({
          value,
          label: t(`settlements:findings.${value}`),
        }))}
        onChange={(state) => keep({ ...values, state })}
      />
    </ConfirmDialog>
  )
}

/** Cause, analysis, fault and finding; saved as far as they are known, decided once they are whole. */
export function FindingDialog({ complaintId, found, close }: RemedyDialogProps) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const causes = useQuery(api.investigations.causes.queryOptions({ staleTime: Infinity }))
  const { cause, analysis, fault, finding, opinion } = found
  const draftKey = `finding-${complaintId}-${found.version}`
  const [values, keep, clear] = useDraft(draftKey, { cause, analysis, fault, finding, opinion })
  const refresh = useRefresh(close)
  const write = useCommand(desk.investigations.write, {
    draftKey,
    onDone: () => {
      clear()
      refresh()
    },
  })
  const change = (part: Partial<typeof values>) => keep({ ...values, ...part })
  return (
    <ConfirmDialog
      open
      width={680}
      title={t('settlements:findings.write')}
      confirmLabel={t('settlements:save')}
      busy={write.isPending}
      onCancel={close}
      onConfirm={() =>
        write.mutate({
          ...values,
          complaintId,
          analysis: values.analysis.trim(),
          opinion: values.opinion.trim(),
          version: found.version,
        })
      }
    >
      <RefusalAlert error={write.error} />
      <Field label={t('settlements:findings.cause')}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            showSearch={{ optionFilterProp: 'label' }}
            value={values.cause || null}
            loading={causes.isPending}
            options={causeGroups.map((group) => ({
              label: t(`settlements:group.${group}`),
              title: group,
              options: (causes.data ?? [])
                .filter((each) => each.group === group)
                .map((each) => ({ value: each.id, label: each.names[tongue] })),
            }))}
            onChange={(next) => change({ cause: next })}
          />
        )}
      </Field>
      <Field label={t('settlements:findings.analysis')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={values.analysis}
            maxLength={4_000}
            autoSize={{ minRows: 3, maxRows: 8 }}
            placeholder={t('settlements:findings.analysisHint')}
            onChange={(event) => change({ analysis: event.target.value })}
          />
        )}
      </Field>
      <Choice
        legend={t('settlements:findings.fault')}
        value={values.fault}
        options={faultKinds.map((value) => ({ value, label: t(`settlements:fault.${value}`) }))}
        onChange={(next) => change({ fault: next })}
      />
      <Choice
        legend={t('settlements:findings.finding')}
        value={values.finding}
        options={findings.map((value) => ({ value, label: t(`settlements:finding.${value}`) }))}
        onChange={(next) => change({ finding: next })}
      />
      <Field label={t('settlements:findings.opinion')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={values.opinion}
            maxLength={2_000}
            autoSize={{ minRows: 2, maxRows: 5 }}
            onChange={(event) => change({ opinion: event.target.value })}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

interface ChoiceProps<Value extends string> {
  legend: string
  value: Value | null
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** One of a few, with the arrow keys. */
export function Choice<Value extends string>({
  legend,
  value,
  options,
  onChange,
}: ChoiceProps<Value>) {
  return (
    <fieldset className="field remedy-choice">
      <legend>{legend}</legend>
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        value={value}
        options={options.map((each) => ({ ...each }))}
        onChange={(event) => onChange(event.target.value as Value)}
      />
    </fieldset>
  )
}

export function ReopenDialog({ complaintId, found, close }: RemedyDialogProps) {
  const { t } = useTranslation()
  const refresh = useRefresh(close)
  const reopen = useCommand(desk.investigations.reopen, { onDone: refresh })
  return (
    <ReasonDialog
      open
      title={t('settlements:findings.reopen')}
      hint={t('settlements:findings.reopenHint')}
      label={t('settlements:reason')}
      confirmLabel={t('settlements:findings.reopen')}
      error={reopen.error}
      busy={reopen.isPending}
      onCancel={close}
      onReason={(reason) => reopen.mutate({ complaintId, reason, version: found.version })}
    />
  )
}
