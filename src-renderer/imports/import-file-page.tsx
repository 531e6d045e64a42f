import { FileSearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'

import { importKinds } from '../../src-main/imports/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Page, PageHeader } from '../ui/page.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { ColumnTable } from './column-table.tsx'
import { FirstLines } from './first-lines.tsx'
import { describeReason, mappingKey } from './import-form.ts'
import type { Inspection, Kind, Mapping } from './import-form.ts'
import { ImportSteps } from './import-steps.tsx'
import { ImportTrouble } from './import-trouble.tsx'
import { MappingChoices } from './mapping-choices.tsx'
import './imports.css'

/** What the desk makes of a file, and which column holds what. */
export default function ImportFilePage() {
  const { t } = useTranslation()
  const fileId = useParams()['fileId'] ?? ''
  const [query, setQuery] = useSearchParams()
  const kind = importKinds.find((each) => each === query.get('kind')) ?? null
  const inspection = useQuery(
    api.imports.inspect.queryOptions({
      input: { fileId, kind },
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    }),
  )
  if (inspection.data) {
    return (
      <MapForm
        key={`${fileId}-${kind}`}
        fileId={fileId}
        inspection={inspection.data}
        onKind={(next) => setQuery({ kind: next }, { replace: true })}
      />
    )
  }
  return (
    <Page title={t('imports-screen:title')} back={paths.imports()}>
      <PageHeader title={t('imports-screen:title')} />
      <ImportSteps at="file" />
      {inspection.error ? (
        <ImportTrouble error={inspection.error} />
      ) : (
        <LoadingState text={t('imports-screen:recognising')} />
      )}
    </Page>
  )
}

interface MapFormProps {
  fileId: string
  inspection: Inspection
  onKind: (kind: Kind) => void
}

function MapForm({ fileId, inspection, onKind }: MapFormProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [mapping, keep] = useDraft<Mapping>(
    mappingKey(fileId, inspection.mapping.kind),
    inspection.mapping,
  )
  const [touched, setTouched] = useState(false)
  const change = (next: Mapping) => {
    setTouched(true)
    keep(next)
  }
  const dryRun = useCommand(desk.imports.dryRun, {
    onDone: ({ jobId }) =>
      void navigate(`/imports/job/${jobId}?file=${fileId}&kind=${mapping.kind}`),
  })
  return (
    <Page
      title={t('imports-screen:title')}
      back={paths.imports()}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: t('imports-screen:dryRun.start'),
              icon: <FileSearchOutlined />,
              primary: true,
              busy: dryRun.isPending,
              run: () => {
                keep(mapping)
                dryRun.mutate({ fileId, mapping })
              },
            },
          ]}
        >
          {t('imports-screen:dryRun.startHint')}
        </ActionBar>
      }
    >
      <PageHeader
        title={inspection.fileName}
        facts={[
          t(`imports-screen:encoding.${inspection.encoding}`, {
            defaultValue: inspection.encoding,
          }),
          t('imports-screen:delimiter.is', {
            delimiter: t(`imports-screen:delimiter.${delimiterName(inspection.delimiter)}`),
          }),
          t('imports-screen:headerLine', { line: inspection.headerLine }),
          t('imports-screen:columnCount', { count: inspection.columns.length }),
        ]}
      />
      <ImportSteps at="map" />
      <ImportTrouble error={dryRun.error} />
      {touched
        ? null
        : inspection.problems.map(({ reason, params }) => (
            <Alert
              key={reason}
              className="import-trouble"
              type="warning"
              showIcon
              title={describeReason(reason, params, t)}
            />
          ))}
      <MappingChoices
        fileId={fileId}
        inspection={inspection}
        mapping={mapping}
        onMapping={change}
        onKind={onKind}
      />
      <FirstLines inspection={inspection} />
      <ColumnTable inspection={inspection} mapping={mapping} onMapping={change} />
    </Page>
  )
}

function delimiterName(delimiter: string): string {
  const names: Record<string, string> = {
    ',': 'comma',
    '\t': 'tab',
    ';': 'semicolon',
    '|': 'pipe',
    json: 'json',
  }
  return names[delimiter] ?? 'other'
}
