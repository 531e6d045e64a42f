import { SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useSearchParams } from 'react-router'

import { type GuideSubject, guideSubjects } from '../../src-main/complaints/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { changedLines, type GuideText, textOf, toBody } from './guide-text.ts'
import './guides.css'

type Version = InferClientOutputs<typeof desk>['complaints']['guideVersions'][number]

const isSubject = (value: string | null): value is GuideSubject =>
  guideSubjects.some((each) => each === value)

const classCount = guideSubjects.indexOf('enquiry')

/** What to do and say per class and kind: everybody reads it, managers write it anew, every version stays. */
export default function GuidesPage() {
  const { t } = useTranslation()
  const [query] = useSearchParams()
  const asked = query.get('of')
  const subject = isSubject(asked) ? asked : guideSubjects[0]
  const versions = useQuery(api.complaints.guideVersions.queryOptions({ input: { subject } }))
  const newest = versions.data?.[0]
  const nameOf = (each: GuideSubject) =>
    guideSubjects.indexOf(each) < classCount
      ? t(`complaints:class.${each}`)
      : t(`complaints:kind.${each}`)
  if (newest && versions.data) {
    return (
      <GuideForm
        key={`${subject} ${newest.version}`}
        subject={subject}
        nameOf={nameOf}
        versions={versions.data}
        newest={newest}
      />
    )
  }
  return (
    <Page title={t('cases:guides.title')} back={paths.complaints()}>
      <PageHeader title={t('cases:guides.title')} />
      {versions.error ? (
        <RefusalAlert error={versions.error} retry={versions.refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

interface GuideFormProps {
  subject: GuideSubject
  nameOf: (subject: GuideSubject) => string
  versions: readonly Version[]
  newest: Version
}

function GuideForm({ subject, nameOf, versions, newest }: GuideFormProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { may } = useSession()
  const cache = useQueryClient()
  const mayWrite = may('complaints.guide')
  const [initial] = useState<GuideText>(() => textOf(newest.body))
  const [text, keep, clear] = useDraft<GuideText>(`guide-${subject}-${newest.version}`, initial)
  const [note, setNote] = useState('')
  const [shown, show] = useState<number | null>(null)
  const write = useCommand(desk.complaints.writeGuide, {
    onDone: () => {
      clear()
      void message.success(t('cases:guides.saved'))
      void cache.invalidateQueries({ queryKey: [['complaints']] })
    },
  })
  const body = toBody(text)
  const isChanged = JSON.stringify(body) !== JSON.stringify(newest.body)
  const isReady = isChanged && note.trim().length >= 2 && body !== null
  const save = () => {
    if (!isReady || body === null || write.isPending) return
    write.mutate({ subject, body, note: note.trim(), version: newest.version })
  }
  const numberOf = (version: Version) => versions.length - versions.indexOf(version)
  const bringBack = (version: Version) => {
    keep(textOf(version.body))
    setNote(t('cases:guides.backTo', { version: numberOf(version) }))
  }
  const field = (language: 'zh-CN' | 'en', part: 'steps' | 'scripts') => (
    <Field
      label={t(`cases:guides.${part}`)}
      hint={t(`cases:guides.${part}Hint`, { time: '{{time}}' })}
    >
      {(id) => (
        <Input.TextArea
          id={id}
          lang={language}
          value={text[language][part]}
          readOnly={!mayWrite}
          autoSize={{ minRows: 4, maxRows: 14 }}
          onChange={(event) =>
            keep({ ...text, [language]: { ...text[language], [part]: event.target.value } })
          }
        />
      )}
    </Field>
  )
  return (
    <Page
      title={t('cases:guides.title')}
      back={paths.complaints()}
      footer={
        mayWrite ? (
          <ActionBar
            actions={[
              {
                keys: 'Ctrl+Enter',
                label: t('cases:guides.save'),
                icon: <SaveOutlined />,
                primary: true,
                busy: write.isPending,
                unless: isReady
                  ? undefined
                  : t(isChanged ? 'cases:guides.needsNote' : 'cases:guides.same'),
                run: save,
              },
            ]}
          >
            {t('cases:guides.hint')}
          </ActionBar>
        ) : undefined
      }
    >
      <PageHeader
        title={`${t('cases:guides.title')} · ${nameOf(subject)}`}
        mark={<Tag>{t('cases:guides.version', { version: numberOf(newest) })}</Tag>}
        facts={[<Author key="author" version={newest} />, newest.note]}
      />
      <RefusalAlert error={write.error} />
      <div className="guides-columns">
        <nav className="guides-nav" aria-label={t('cases:guides.which')}>
          {guideSubjects.map((each) => (
            <NavLink
              key={each}
              to={paths.complaintGuides(each)}
              className={each === subject ? 'guides-link guides-current' : 'guides-link'}
              aria-current={each === subject ? 'page' : undefined}
            >
              {nameOf(each)}
            </NavLink>
          ))}
        </nav>
        <div>
          {mayWrite ? null : <p className="why">{t('cases:guides.readOnly')}</p>}
          <div className="guides-languages">
            <Panel title="中文">
              {field('zh-CN', 'steps')}
              {field('zh-CN', 'scripts')}
            </Panel>
            <Panel title="English">
              {field('en', 'steps')}
              {field('en', 'scripts')}
            </Panel>
          </div>
          {mayWrite ? (
            <Field label={t('cases:guides.note')} hint={t('cases:guides.noteHint')}>
              {(id) => (
                <Input
                  id={id}
                  value={note}
                  maxLength={200}
                  autoComplete="off"
                  onChange={(event) => setNote(event.target.value)}
                />
              )}
            </Field>
          ) : null}
          <Panel title={t('cases:guides.history')} className="guides-history">
            <ol className="case-parts">
              {versions.map((version) => (
                <li key={version.version}>
                  <p>
                    <strong>{t('cases:guides.version', { version: numberOf(version) })}</strong>{' '}
                    <span className="row-note">
                      <Author version={version} />
                    </span>
                  </p>
                  {version.note ? <p>{version.note}</p> : null}
                  {version === newest ? (
                    <Tag tone="good">{t('cases:guides.current')}</Tag>
                  ) : (
                    <p className="promise-keys">
                      <Button
                        size="small"
                        aria-expanded={shown === version.version}
                        onClick={() => show(shown === version.version ? null : version.version)}
                      >
                        {t('cases:guides.compare')}
                      </Button>
                      {mayWrite ? (
                        <Button size="small" onClick={() => bringBack(version)}>
                          {t('cases:guides.bringBack')}
                        </Button>
                      ) : null}
                    </p>
                  )}
                  {shown === version.version ? <Comparison from={version} to={newest} /> : null}
                </li>
              ))}
            </ol>
          </Panel>
        </div>
      </div>
    </Page>
  )
}

/** Who wrote a version, and when; the first came with the program. */
function Author({ version }: { version: Version }) {
  const { t } = useTranslation()
  if (version.writtenBy === null || version.writtenAt === null) {
    return <>{t('cases:guides.shipped')}</>
  }
  return (
    <>
      {version.writtenBy} · <Moment at={version.writtenAt} />
    </>
  )
}

/** Line by line what the version that holds took out and put in since an earlier one. */
function Comparison({ from, to }: { from: Version; to: Version }) {
  const { t } = useTranslation()
  const lines = changedLines(from.body, to.body)
  if (lines.length === 0) return <p className="row-note">{t('cases:guides.nothing')}</p>
  return (
    <ul className="guides-diff">
      {lines.map(({ kind, text }, at) => (
        // Two lines may say the same; their place tells them apart.
        <li key={at} className={`guides-${kind}`}>
          <span className="guides-mark">{t(`cases:guides.${kind}`)}</span> {text}
        </li>
      ))}
    </ul>
  )
}
