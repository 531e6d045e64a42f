import { BulbOutlined, EditOutlined, PrinterOutlined, StopOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { InferClientOutputs } from '@orpc/client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { ListDetail, PickRow } from '../ui/list-detail.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { handOver } from '../ui/print-papers.ts'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'

type Lesson = InferClientOutputs<typeof desk>['lessons']['list']['lessons'][number]

const PAGE_SIZE = 20
/** What a morning meeting has time for, and one sheet room. */
const ON_SHEET = 3

/** Examples, newest first, and the sheet for the morning meeting. */
export function Examples({ tabs }: { tabs: ReactNode }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(
    api.lessons.list.infiniteOptions({
      input: (before: number | null) => ({ before, limit: PAGE_SIZE }),
      initialPageParam: null as number | null,
      getNextPageParam: (page) => page.before,
    }),
  )
  const lessons = list.data?.pages.flatMap((page) => page.lessons) ?? []
  const [asked, ask] = useState<number | null>(null)
  const [ticked, tick] = useState<readonly number[] | null>(null)
  const onSheet = ticked ?? lessons.slice(0, ON_SHEET).map(({ id }) => id)
  const current = lessons.find(({ id }) => id === asked) ?? lessons[0]
  const { actions, dialog } = useExampleActions(current, lessons, onSheet, tick)
  const title = t('lessons:title')
  return (
    <Page
      title={title}
      back={paths.complaints()}
      footer={
        <ActionBar actions={actions}>
          {lessons.length > 0 ? t('lessons:example.chosen', { count: onSheet.length }) : null}
        </ActionBar>
      }
    >
      <PageHeader title={title} aside={tabs} facts={[t('lessons:hint.examples')]} />
      <RefusalAlert error={list.error} retry={list.refetch} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data && lessons.length === 0 ? (
        <EmptyState
          icon={<BulbOutlined />}
          title={t('lessons:empty.examples')}
          hint={t('lessons:empty.examplesHint')}
        />
      ) : null}
      {current ? (
        <ListDetail
          label={t('lessons:view.examples')}
          more={list}
          rows={lessons.map((lesson) => (
            <LessonRow
              key={lesson.id}
              lesson={lesson}
              current={lesson.id === current.id}
              onSheet={onSheet.includes(lesson.id)}
              onChoose={() => ask(lesson.id)}
            />
          ))}
        >
          <LessonDetail lesson={current} />
        </ListDetail>
      ) : null}
      {dialog}
    </Page>
  )
}

/** What can be done with the example in view, and with the sheet. */
function useExampleActions(
  current: Lesson | undefined,
  lessons: readonly Lesson[],
  onSheet: readonly number[],
  tick: (ids: readonly number[]) => void,
) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const [withdrawing, setWithdrawing] = useState(false)
  const withdraw = useCommand(desk.lessons.withdraw, { onDone: () => setWithdrawing(false) })
  const print = useCommand(desk.papers.print, { onDone: (file) => void handOver(file) })
  if (!current) return { actions: [], dialog: null }
  const isOn = onSheet.includes(current.id)
  const manage = [
    {
      keys: 'Alt+E',
      label: t('lessons:example.edit'),
      icon: <EditOutlined />,
      run: () => void navigate(paths.writeLesson(current.complaintId)),
    },
    {
      keys: 'Alt+X',
      label: t('lessons:example.withdraw'),
      icon: <StopOutlined />,
      danger: true,
      run: () => setWithdrawing(true),
    },
  ]
  const actions = [
    {
      keys: 'F9',
      label: t('lessons:example.print'),
      icon: <PrinterOutlined />,
      primary: true,
      busy: print.isPending,
      ...(onSheet.length === 0 && { unless: t('lessons:example.chosen', { count: 0 }) }),
      run: () =>
        print.mutate({
          document: 'briefing_sheet',
          lessonIds: lessons.map(({ id }) => id).filter((id) => onSheet.includes(id)),
        }),
    },
    {
      keys: 'Space',
      label: t('lessons:example.choose'),
      run: () => tick(isOn ? onSheet.filter((id) => id !== current.id) : [...onSheet, current.id]),
    },
    ...(may('lessons.manage') ? manage : []),
  ]
  const dialog = (
    <>
      <RefusalAlert error={print.error} />
      <ReasonDialog
        open={withdrawing}
        danger
        title={t('lessons:example.withdrawTitle', { title: current.title })}
        hint={t('lessons:example.withdrawReason')}
        label={t('lessons:example.withdrawReason')}
        confirmLabel={t('lessons:example.withdraw')}
        error={withdraw.error}
        busy={withdraw.isPending}
        onReason={(reason) =>
          withdraw.mutate({ lessonId: current.id, reason, version: current.version })
        }
        onCancel={() => setWithdrawing(false)}
      />
    </>
  )
  return { actions, dialog }
}

interface RowProps {
  lesson: Lesson
  current: boolean
  onSheet: boolean
  onChoose: () => void
}

function LessonRow({ lesson, current, onSheet, onChoose }: RowProps) {
  const { t } = useTranslation()
  return (
    <PickRow current={current} onChoose={onChoose}>
      <span className="row-main">
        <span className="row-title lesson-title">{lesson.title}</span>
        <span className="row-note">
          {[t(`complaints:class.${lesson.class}`), lesson.goods].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="row-side">
        {onSheet ? <Tag tone="good">{t('lessons:example.inSheet')}</Tag> : null}
        <span className="row-note">
          <BusinessDate date={lesson.businessDate} />
        </span>
      </span>
    </PickRow>
  )
}

function LessonDetail({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation()
  return (
    <Panel title={<span className="lesson-title">{lesson.title}</span>}>
      <p className="row-note">
        {t('lessons:example.from')}{' '}
        <Link to={paths.complaint(lesson.complaintId)}>{lesson.complaintNumber}</Link>
        {lesson.goods ? ` · ${lesson.goods}` : ''}
      </p>
      {(['story', 'handling', 'takeaway'] as const).map((part) => (
        <section key={part} className="lesson-part">
          <h3>{t(`lessons:example.${part}`)}</h3>
          <p className={part === 'takeaway' ? 'lesson-text lesson-takeaway' : 'lesson-text'}>
            {lesson[part]}
          </p>
        </section>
      ))}
      <p className="row-note">
        {t('lessons:example.written', { name: lesson.writtenBy })} ·{' '}
        <Moment at={lesson.writtenAt} />
      </p>
    </Panel>
  )
}
