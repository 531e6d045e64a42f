import { Alert } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { isTopBoxActive } from '../app/top-box.tsx'

interface StrayScan {
  /** Goods that were scanned and are not on this receipt. */
  name: string | null
  check: (code: string) => void
  forget: () => void
}

/**
 * What becomes of a scan that fits nothing on a form for returned goods: goods of another sale are told and the form
 * stays, everything else (a slip, a card, a serial number sold on another receipt) opens as from any screen.
 */
export function useStrayScan(): StrayScan {
  const navigate = useNavigate()
  const [name, setName] = useState<string | null>(null)
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const check = async (code: string) => {
    // Who has gone to the one box wants to know where it was sold.
    const isAsked = isTopBoxActive()
    const found = await desk.sales.find({ text: code, limit: 1 }).catch(() => null)
    if (!isHere.current) return
    if (!isAsked && found?.exact?.kind === 'product') setName(found.exact.label)
    else void navigate(`${paths.find(code)}&scan=1`)
  }
  return { name, check: (code) => void check(code), forget: () => setName(null) }
}

interface StrayScanAlertProps {
  name: string | null
  /** The room whose words say what to do next. */
  room: 'refunds' | 'exchanges'
}

export function StrayScanAlert({ name, room }: StrayScanAlertProps) {
  const { t } = useTranslation()
  if (name === null) return null
  return (
    <Alert
      className="stray-scan"
      type="error"
      showIcon
      role="alert"
      title={t(`${room}:stray`, { name })}
    />
  )
}
