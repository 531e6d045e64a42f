import { EyeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { maskPhone } from '../../src-main/foundation/phone.ts'

interface MaskedPhoneProps {
  phone: string
  /** May be looked at in full; the room has checked the role. */
  revealable?: boolean
}

/** A phone number nobody can read over the counter; one press shows it until the page is left. */
export function MaskedPhone({ phone, revealable }: MaskedPhoneProps) {
  const { t } = useTranslation()
  const [revealed, reveal] = useState(false)
  const masked = phone.includes('*') ? phone : maskPhone(phone)
  return (
    <span className="masked-phone">
      {revealed ? phone : masked}
      {revealable && !revealed && masked !== phone ? (
        <Button
          type="text"
          size="small"
          icon={<EyeOutlined />}
          aria-label={t('app:revealPhone')}
          onClick={() => reveal(true)}
        />
      ) : null}
    </span>
  )
}
