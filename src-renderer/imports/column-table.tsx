import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { Panel } from '../ui/page.tsx'
import {
  assignField,
  fieldGroups,
  fieldOfColumn,
  isDateField,
  readDateOrder,
} from './import-form.ts'
import type { Field, Inspection, Mapping } from './import-form.ts'

interface ColumnTableProps {
  inspection: Inspection
  mapping: Mapping
  onMapping: (mapping: Mapping) => void
}

const UNUSED = ''

/** Each column with what is in it and what it means. */
export function ColumnTable({ inspection, mapping, onMapping }: ColumnTableProps) {
  const { t } = useTranslation()
  const options = [
    { value: UNUSED, label: t('imports-screen:column.unused') },
    ...fieldGroups[mapping.kind].map((group) => ({
      label: t(`imports-screen:group.${group.name}`),
      title: group.name,
      options: group.fields.map((field) => ({
        value: field as string,
        label: t(`imports:fields.${field}`),
      })),
    })),
  ]
  const assign = (column: Inspection['columns'][number], field: Field | null) => {
    const next = assignField(mapping, column.index, field)
    onMapping(isDateField(field) ? { ...next, dateOrder: readDateOrder(column.samples) } : next)
  }
  const used = inspection.columns.filter(
    (column) => fieldOfColumn(mapping, column.index) !== null,
  ).length
  return (
    <Panel
      title={t('imports-screen:column.title')}
      extra={
        <span className="row-note">
          {t('imports-screen:column.used', { used, count: inspection.columns.length })}
        </span>
      }
    >
      <table className="import-table column-table">
        <thead>
          <tr>
            <th scope="col" className="figure">
              {t('imports-screen:column.no')}
            </th>
            <th scope="col">{t('imports-screen:column.header')}</th>
            <th scope="col">{t('imports-screen:column.samples')}</th>
            <th scope="col">{t('imports-screen:column.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {inspection.columns.map((column) => {
            const field = fieldOfColumn(mapping, column.index)
            return (
              <tr key={column.index} className={field === null ? 'column-unused' : ''}>
                <td className="figure">{column.index + 1}</td>
                <th scope="row">{column.header || '—'}</th>
                <td className="samples">
                  {column.samples.slice(0, 3).map((sample, index) => (
                    // Samples may repeat; their place is all that tells them apart.
                    <code key={index}>{sample || '—'}</code>
                  ))}
                </td>
                <td>
                  <Select
                    className="column-field"
                    aria-label={t('imports-screen:column.meaningOf', {
                      header: column.header || column.index + 1,
                    })}
                    showSearch={{ optionFilterProp: 'label' }}
                    value={field ?? UNUSED}
                    options={options}
                    onChange={(next) => assign(column, next === UNUSED ? null : (next as Field))}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Panel>
  )
}
