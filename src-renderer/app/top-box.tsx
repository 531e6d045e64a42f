import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useSearchParams } from 'react-router'

import { LONGEST_SCAN } from '../../src-main/foundation/card-code.ts'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { paths } from './paths.ts'

/** Id of the box in the head; home has its own, larger one. */
const BOX_ID = 'top-box'

/** When the box was last asked for: the screen it stood on may already be giving way to another. */
let askedAt = Number.NEGATIVE_INFINITY
const givingWayMs = 1_000

/** Somebody is about to type here. Enter, a scan and every key that leads elsewhere end that. */
let isWanted = false

/** F2: the home screen's large box where it is on screen, the box in the head otherwise. */
export function focusTopBox(): void {
  const box =
    document.querySelector<HTMLInputElement>('[data-home-box="true"]') ??
    document.getElementById(BOX_ID)
  askedAt = performance.now()
  isWanted = true
  if (!(box instanceof HTMLInputElement)) return
  box.focus()
  box.select()
}

/** The keys are in the box of the head. */
export function isTopBoxActive(): boolean {
  return document.activeElement?.id === BOX_ID
}

/** The one box: find anything from any screen. */
export function TopBox() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [query] = useSearchParams()
  const asked = pathname === '/find' ? (query.get('q') ?? '') : ''
  const [{ text, follows }, setBox] = useState({ text: asked, follows: asked })
  if (follows !== asked) setBox({ text: asked, follows: asked })
  useEffect(() => {
    // What was asked for in the home screen's box is on its way: the keys belong to what is found.
    if (asked) isWanted = false
  }, [asked])
  useEffect(() => {
    const lostFocus = document.activeElement === document.body
    if (isWanted && lostFocus && performance.now() - askedAt < givingWayMs) focusTopBox()
  }, [])
  useLettingGo(pathname)
  const submit = useEnterSubmit(() => {
    isWanted = false
    if (text.trim()) void navigate(paths.find(text.trim()))
  })
  return (
    <search className="top-box">
      <Input
        id={BOX_ID}
        size="large"
        value={text}
        data-scan="true"
        autoComplete="off"
        spellCheck={false}
        maxLength={LONGEST_SCAN}
        prefix={<SearchOutlined aria-hidden="true" />}
        suffix={<KeyCap keys="F2" />}
        placeholder={t('app:box.placeholder')}
        aria-label={t('app:box.label')}
        aria-keyshortcuts="F2"
        onChange={(event) => {
          isWanted = true
          setBox({ text: event.target.value, follows: asked })
        }}
        {...submit}
        onKeyDown={(event) => {
          if (leadsElsewhere(event)) isWanted = false
          submit.onKeyDown(event)
        }}
      />
    </search>
  )
}

/** The digits of the page that comes answer its questions: they must not fall into the box that led to it. */
function useLettingGo(pathname: string): void {
  useEffect(() => {
    if (pathname !== '/find' && !isWanted && isTopBoxActive()) {
      document.getElementById(BOX_ID)?.blur()
    }
  }, [pathname])
}

/** Keys that a screen or the rail answers while the box has the focus. */
function leadsElsewhere({ key, altKey }: { key: string; altKey: boolean }): boolean {
  return altKey || key === 'Escape' || (/^F\d+$/.test(key) && key !== 'F2')
}
