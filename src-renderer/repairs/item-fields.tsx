import { CloseOutlined } from '@ant-design/icons'
import type { GetRef } from 'antd'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'

import { faultCodes } from '../../src-main/repairs/contract.ts'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { Field } from '../ui/field.tsx'
import { PhotoBox } from '../ui/photo-box.tsx'
import { Thumbnail } from '../ui/thumbnail.tsx'
import type { ItemValues, Photo } from './intake-form.ts'

type Change = (part: Partial<ItemValues>) => void

interface ItemFieldsProps {
  item: ItemValues
  privateNote: string
  /** Where a clerk begins to type. */
  faultField: Ref<GetRef<typeof Input.TextArea>>
  onChange: Change
  onPrivateNote: (text: string) => void
}

/** What is wrong with one item, what it looks like, and what is left with it. */
export function ItemFields(props: ItemFieldsProps) {
  const { item, privateNote, faultField, onChange, onPrivateNote } = props
  const { t } = useTranslation()
  return (
    <div className="repair-item-fields">
      {item.saleLineId === null ? <GoodsFields item={item} onChange={onChange} /> : null}
      <Field label={t('repairs:intake.fault')}>
        {(id) => (
          <Input.TextArea
            id={id}
            ref={faultField}
            value={item.fault}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 5 }}
            placeholder={t('repairs:intake.faultExample')}
            onChange={(event) => onChange({ fault: event.target.value })}
          />
        )}
      </Field>
      <div className="field-row">
        <Field label={t('repairs:intake.faultCode')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={item.faultCode ?? null}
              options={faultCodes.map((value) => ({
                value,
                label: t(`repairs:faultCode.${value}`),
              }))}
              onChange={(faultCode) => onChange({ faultCode: faultCode ?? null })}
            />
          )}
        </Field>
        <Field label={t('repairs:intake.serialNo')}>
          {(id) => (
            <Input
              id={id}
              value={item.serialNo}
              maxLength={80}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onChange({ serialNo: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t('repairs:intake.appearance')}>
        {(id) => (
          <Input
            id={id}
            value={item.appearance}
            maxLength={1000}
            autoComplete="off"
            placeholder={t('repairs:intake.appearanceExample')}
            onChange={(event) => onChange({ appearance: event.target.value })}
          />
        )}
      </Field>
      <Accessories names={item.accessories} onChange={(accessories) => onChange({ accessories })} />
      <Photos
        label={item.name}
        photos={item.photos}
        onChange={(photos) => onChange({ photos })}
        onKept={(photo) => onChange({ photos: [...item.photos, photo] })}
      />
      <Field label={t('repairs:intake.privateNote')} hint={t('repairs:intake.privateHint')}>
        {(id) => (
          <Input.Password
            id={id}
            value={privateNote}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => onPrivateNote(event.target.value)}
          />
        )}
      </Field>
    </div>
  )
}

/** Goods the desk did not sell have to be named. */
function GoodsFields({ item, onChange }: { item: ItemValues; onChange: Change }) {
  const { t } = useTranslation()
  return (
    <div className="field-row">
      {(['name', 'brand', 'model'] as const).map((part) => (
        <Field key={part} label={t(`repairs:intake.${part}`)}>
          {(id) => (
            <Input
              id={id}
              value={item[part]}
              maxLength={part === 'name' ? 200 : 60}
              autoComplete="off"
              onChange={(event) => onChange({ [part]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}

/** What is left with the goods, one word and Enter each; Backspace in the empty field takes the last one back. */
export function Accessories({
  names,
  onChange,
}: {
  names: readonly string[]
  onChange: (names: string[]) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const add = () => {
    const name = text.trim()
    if (name !== '' && names.length < 20) onChange([...names, name])
    setText('')
  }
  const onEnter = useEnterSubmit(add)
  return (
    <div className="field">
      <Field label={t('repairs:intake.accessories')} hint={t('repairs:intake.accessoryAdd')}>
        {(id) => (
          <Input
            id={id}
            value={text}
            maxLength={60}
            autoComplete="off"
            onBlur={add}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Backspace' && text === '') onChange(names.slice(0, -1))
              else onEnter.onKeyDown(event)
            }}
          />
        )}
      </Field>
      {names.length > 0 ? (
        <ul className="chips" aria-label={t('repairs:intake.accessories')}>
          {names.map((name, index) => (
            // Two chargers have nothing but their place to tell them apart.
            <li key={index} className="chip">
              {name}
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('repairs:intake.accessoryRemove', { name })}
                onClick={() => onChange(names.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** Photos of the goods as they are taken in. */
export function Photos({
  label,
  photos,
  onChange,
  onKept,
}: {
  label: string
  photos: readonly Photo[]
  onChange: (photos: Photo[]) => void
  onKept: (photo: Photo) => void
}) {
  const { t } = useTranslation()
  return (
    <div className="field">
      <PhotoBox label={label || t('repairs:intake.photos')} onKept={onKept} />
      {photos.length > 0 ? (
        <ul className="photo-strip" aria-label={t('repairs:intake.photos')}>
          {photos.map((photo) => (
            <li key={photo.sha256} className="repair-photo">
              <Thumbnail file={{ ...photo, mediaType: 'image/jpeg' }} alt={photo.name} />
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('repairs:intake.photoRemove')}
                onClick={() => onChange(photos.filter(({ sha256 }) => sha256 !== photo.sha256))}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
