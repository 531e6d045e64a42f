import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { GuideSubject } from '../../src-main/complaints/contract.ts'
import { Link } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'

/** Calm-down steps and sentences to say, beside the form: read, never filled in. */
export function GuidePanel({ subject }: { subject: GuideSubject }) {
  const { t, i18n } = useTranslation()
  const { may } = useSession()
  const guides = useQuery(api.complaints.guides.queryOptions({ staleTime: 60_000 }))
  const guide = guides.data?.find((each) => each.subject === subject)
  if (!guide) return null
  const body = i18n.language === 'en' ? guide.body.en : guide.body['zh-CN']
  const lines = body.scripts.map((line) =>
    line.replaceAll('{{time}}', t('complaints:guide.promisedTime')),
  )
  return (
    <aside className="guide-panel" aria-label={t('complaints:guide.title')}>
      <p className="guide-head">
        {t('complaints:guide.steps')}{' '}
        {may('complaints.guide') ? (
          <Link className="guide-edit" to={paths.complaintGuides(subject)}>
            {t('cases:guides.edit')}
          </Link>
        ) : null}
      </p>
      <ol>
        {body.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {lines.length > 0 ? (
        <>
          <p className="guide-head">{t('complaints:guide.scripts')}</p>
          {lines.map((line) => (
            <blockquote key={line}>{line}</blockquote>
          ))}
        </>
      ) : null}
    </aside>
  )
}
