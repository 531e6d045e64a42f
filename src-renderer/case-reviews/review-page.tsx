import { CheckCircleOutlined, RollbackOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'

import { checkAnswers } from '../../src-main/case-reviews/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { useWords } from '../ui/closing-fields.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { ReviewTags } from './reviews-page.tsx'
import './case-reviews.css'

type Review = InferClientOutputs<typeof desk>['caseReviews']['open']
type Answer = (typeof checkAnswers)[number]

/** One closed case read again: what was said and done, the checklist, the verdict, and what its owner says to it. */
export default function ReviewPage() {
  const { t } = useTranslation()
  const reviewId = Number(useParams()['reviewId']) || 0
  const review = useQuery(api.caseReviews.open.queryOptions({ input: { reviewId } }))
  if (review.data) return <ReviewView key={review.data.version} review={review.data} />
  return (
    <Page title={t('case-reviews:title')} back={paths.caseReviews()}>
      {review.error ? <RefusalAlert error={review.error} /> : <LoadingState />}
    </Page>
  )
}

interface Values {
  answers: Record<string, Answer>
  notes: string
  answer: string
}

function ReviewView({ review }: { review: Review }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { may } = useSession()
  const draftKey = `case-review-${review.id}-${review.version}`
  const [values, keep, clear] = useDraft<Values>(draftKey, {
    answers: review.answers,
    notes: review.notes,
    answer: review.answer,
  })
  const onDone = () => {
    clear()
    void cache.invalidateQueries({ queryKey: [['caseReviews']] })
    void navigate(paths.caseReviews(), { replace: true })
  }
  const judge = useCommand(desk.caseReviews.review, { draftKey, onDone })
  const answer = useCommand(desk.caseReviews.answer, { draftKey, onDone })
  const mayJudge = review.state === 'waiting' && may('reviews.manage') && !review.isOwn
  const { id: reviewId, version } = review
  const open = review.questions.filter(({ id }) => values.answers[id] === undefined).length
  const isFault = review.questions.some(({ id }) => values.answers[id] === 'no')
  const unanswered = open > 0 ? t('case-reviews:open', { count: open }) : undefined
  const send = (verdict: 'in_order' | 'returned') =>
    judge.mutate({
      reviewId,
      version,
      verdict,
      answers: values.answers,
      notes: values.notes.trim(),
    })
  const actions: Action[] = []
  if (mayJudge) {
    actions.push(
      {
        keys: 'Ctrl+Enter',
        label: t('case-reviews:approve'),
        icon: <CheckCircleOutlined />,
        primary: true,
        busy: judge.isPending,
        unless: unanswered ?? (isFault ? t('case-reviews:hasFault') : undefined),
        run: () => send('in_order'),
      },
      {
        keys: 'Alt+R',
        label: t('case-reviews:return'),
        icon: <RollbackOutlined />,
        busy: judge.isPending,
        unless:
          unanswered ?? (values.notes.trim() === '' ? t('case-reviews:needsNotes') : undefined),
        run: () => send('returned'),
      },
    )
  }
  if (review.mayAnswer) {
    actions.push({
      keys: 'Ctrl+Enter',
      label: t('case-reviews:answer'),
      primary: true,
      busy: answer.isPending,
      unless: values.answer.trim().length < 2 ? t('case-reviews:needsAnswer') : undefined,
      run: () => answer.mutate({ reviewId, version, answer: values.answer.trim() }),
    })
  }
  return (
    <Page
      title={`${t('case-reviews:title')} ${review.number}`}
      back={paths.caseReviews()}
      footer={actions.length > 0 ? <ActionBar actions={actions} /> : undefined}
    >
      <PageHeader
        title={<Link to={paths.complaint(review.complaintId)}>{review.number}</Link>}
        mark={<ReviewTags row={review} />}
        facts={[
          t(`complaints:class.${review.class}`),
          review.floor,
          t('case-reviews:owner', { name: review.ownerName }),
          <BusinessDate key="on" date={review.solvedOn} />,
          t(`case-reviews:why.${review.why}`),
        ]}
      />
      <RefusalAlert error={judge.error ?? answer.error} />
      {review.isOwn && review.state === 'waiting' ? (
        <p className="followup-notice">{t('case-reviews:ownHint')}</p>
      ) : null}
      <div className="complaint-columns">
        <div>
          <Panel title={t('case-reviews:said')}>
            <p className="complaint-text">{review.said}</p>
          </Panel>
          <Panel title={t('case-reviews:did')}>
            <p className="complaint-text">{review.solution || t('case-reviews:nothing')}</p>
          </Panel>
        </div>
        <div>
          <Checklist
            review={review}
            answers={values.answers}
            readOnly={!mayJudge}
            onChange={(answers) => keep({ ...values, answers })}
          />
          <Words
            label={t('case-reviews:notes')}
            value={values.notes}
            readOnly={!mayJudge}
            by={review.reviewedBy}
            at={review.reviewedAt}
            onChange={(notes) => keep({ ...values, notes })}
          />
          {review.mayAnswer || review.answer ? (
            <Words
              label={t('case-reviews:answerOf', { name: review.ownerName })}
              value={values.answer}
              readOnly={!review.mayAnswer}
              by={review.answeredBy}
              at={review.answeredAt}
              onChange={(next) => keep({ ...values, answer: next })}
            />
          ) : null}
        </div>
      </div>
    </Page>
  )
}

function Checklist({
  review,
  answers,
  readOnly,
  onChange,
}: {
  review: Review
  answers: Record<string, Answer>
  readOnly: boolean
  onChange: (answers: Record<string, Answer>) => void
}) {
  const { t } = useTranslation()
  const say = useWords()
  return (
    <Panel title={t('case-reviews:checklist')}>
      <ul className="review-checklist">
        {review.questions.map(({ id, words }) => (
          <li key={id}>
            <span id={`check-${id}`}>{say(words)}</span>
            {readOnly ? (
              <Tag tone={answers[id] === 'yes' ? 'good' : answers[id] === 'no' ? 'risk' : 'plain'}>
                {t(`case-reviews:check.${answers[id] ?? 'open'}`)}
              </Tag>
            ) : (
              <Radio.Group
                aria-labelledby={`check-${id}`}
                optionType="button"
                size="small"
                value={answers[id]}
                options={checkAnswers.map((value) => ({
                  value,
                  label: t(`case-reviews:check.${value}`),
                }))}
                onChange={(event) => onChange({ ...answers, [id]: event.target.value as Answer })}
              />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Words({
  label,
  value,
  readOnly,
  by,
  at,
  onChange,
}: {
  label: string
  value: string
  readOnly: boolean
  by: string | null
  at: string | null
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  if (readOnly) {
    if (!at) return null
    return (
      <Panel title={label}>
        <p className="complaint-text">{value || t('case-reviews:nothing')}</p>
        <p className="row-note">
          {by} · <Moment at={at} />
        </p>
      </Panel>
    )
  }
  return (
    <Panel>
      <Field label={label}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={value}
            maxLength={2000}
            autoSize={{ minRows: 3, maxRows: 8 }}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
    </Panel>
  )
}
