import { DownloadOutlined, ImportOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { Moment } from '../ui/business-date.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { writeCount } from './import-form.ts'
import type { PastImport } from './import-form.ts'
import { saveFile } from '../ui/save-file.ts'

/** Saves the rejected rows of an import as a CSV. */
export function useRejectDownload() {
  return useMutation({
    mutationFn: (importId: number) => desk.imports.rejects({ importId }),
    onSuccess: ({ csv, fileName }) => saveFile(csv, fileName),
  })
}

function State({ state }: { state: PastImport['state'] }) {
  const { t } = useTranslation()
  const tone = { running: 'soon', finished: 'good', cancelled: 'plain', failed: 'risk' } as const
  return <Tag tone={tone[state]}>{t(`imports-screen:state.${state}`)}</Tag>
}

/** What was imported, when, by whom, and how its rows add up. */
export function PastImports() {
  const { t, i18n } = useTranslation()
  const list = useQuery(api.imports.list.queryOptions())
  const download = useRejectDownload()
  if (list.error) return <RefusalAlert error={list.error} />
  if (!list.data) return <LoadingState />
  if (list.data.length === 0) {
    return (
      <EmptyState
        small
        icon={<ImportOutlined />}
        title={t('imports-screen:past.none')}
        hint={t('imports-screen:past.teach')}
      />
    )
  }
  const count = (value: number) => writeCount(value, i18n.language)
  return (
    <>
      <RefusalAlert error={download.error} />
      <div
        className="import-scroll"
        tabIndex={0}
        role="region"
        aria-label={t('imports-screen:past.title')}
      >
        <table className="import-table">
          <thead>
            <tr>
              <th scope="col">{t('imports-screen:past.file')}</th>
              <th scope="col">{t('imports-screen:past.when')}</th>
              <th scope="col">{t('imports-screen:past.state')}</th>
              <th scope="col" className="figure">
                {t('imports-screen:counts.rows')}
              </th>
              <th scope="col" className="figure">
                {t('imports-screen:counts.accepted')}
              </th>
              <th scope="col" className="figure">
                {t('imports-screen:counts.unchanged')}
              </th>
              <th scope="col" className="figure">
                {t('imports-screen:counts.skipped')}
              </th>
              <th scope="col" className="figure">
                {t('imports-screen:counts.rejected')}
              </th>
            </tr>
          </thead>
          <tbody>
            {list.data.map((each) => (
              <tr key={each.id}>
                <td className="import-file">
                  {each.fileName}
                  <span className="row-note">{t(`imports:kinds.${each.kind}`)}</span>
                </td>
                <td>
                  <Moment at={each.startedAt} />
                  <span className="row-note">{each.operator}</span>
                </td>
                <td>
                  <State state={each.state} />
                </td>
                <td className="figure">{count(each.counts.rows)}</td>
                <td className="figure">{count(each.counts.accepted)}</td>
                <td className="figure">{count(each.counts.unchanged)}</td>
                <td className="figure">{count(each.counts.skipped)}</td>
                <td className="figure">
                  {count(each.counts.rejected)}
                  {each.rejectFile ? (
                    <Button
                      type="text"
                      size="small"
                      icon={<DownloadOutlined />}
                      aria-label={t('imports-screen:rejects.downloadOf', {
                        fileName: each.fileName,
                      })}
                      title={t('imports-screen:rejects.download')}
                      onClick={() => download.mutate(each.id)}
                    />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
