import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { Field } from './field.tsx'

interface OwnerFieldProps {
  label: string
  value: number | null
  onChange: (ownerId: number) => void
}

/** Somebody of the store. */
export function OwnerField({ label, value, onChange }: OwnerFieldProps) {
  const { t } = useTranslation()
  const colleagues = useQuery(api.staff.colleagues.queryOptions({ staleTime: 60_000 }))
  return (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          className="full-width"
          showSearch={{ optionFilterProp: 'label' }}
          value={value}
          loading={colleagues.isPending}
          options={(colleagues.data ?? []).map((each) => ({
            value: each.id,
            label: `${each.name} · ${t(`app:role.${each.role}`)}`,
          }))}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
