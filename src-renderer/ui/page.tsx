import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { useHotkeys } from '../input/hotkeys.tsx'

interface PageProps {
  /** What the window and the screen reader call this page. */
  title: string
  /** Where Esc leads when this page was opened first; otherwise one step back. Null leaves Esc to the page. */
  back?: string | null
  /** Fixed at the foot: the ActionBar. */
  footer?: ReactNode
  /** Reading width for forms, full width for tables. */
  width?: 'full' | 'form'
  children: ReactNode
}

/** One screen: scrolls between the shell's head and its own foot; Esc goes one step back. */
export function Page({ title, back, footer, width = 'full', children }: PageProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('app:name')}`
  }, [title, t])
  useEscBack(back)
  return (
    <main className="page" aria-label={title}>
      <div className={`page-body page-${width}`} tabIndex={-1}>
        {children}
      </div>
      {footer ? <footer className="page-foot">{footer}</footer> : null}
    </main>
  )
}

/** Esc: one step back, or to `back` where nothing came before. Null leaves Esc to the page. */
export function useEscBack(back?: string | null): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  useHotkeys([
    {
      keys: 'Esc',
      label: t('app:keys.back'),
      when: back !== null,
      run: () => goBack(navigate, back ?? '/'),
    },
  ])
}

function goBack(navigate: ReturnType<typeof useNavigate>, otherwise: string): void {
  const state: unknown = window.history.state
  const index = typeof state === 'object' && state !== null && 'idx' in state ? state.idx : 0
  void (typeof index === 'number' && index > 0 ? navigate(-1) : navigate(otherwise))
}

interface PageHeaderProps {
  title: ReactNode
  /** Beside the title: number, state. */
  mark?: ReactNode
  /** Under the title: the facts in one line, separated by dots. */
  facts?: readonly ReactNode[]
  /** On the right: the one figure, or secondary buttons. */
  aside?: ReactNode
}

/** The head of a screen: what this is, its state, and the facts a customer may ask for. */
export function PageHeader({ title, mark, facts, aside }: PageHeaderProps) {
  return (
    <header className="page-header">
      <div className="page-header-main">
        <h1>
          {title}
          {mark ? <span className="page-header-mark">{mark}</span> : null}
        </h1>
        {facts?.length ? (
          <p className="facts">
            {facts.filter(Boolean).map((fact, index) => (
              // Facts have no identity of their own and never change places.
              <span key={index}>{fact}</span>
            ))}
          </p>
        ) : null}
      </div>
      {aside ? <div className="page-header-aside">{aside}</div> : null}
    </header>
  )
}

interface PanelProps {
  title?: ReactNode
  extra?: ReactNode
  className?: string
  children: ReactNode
}

/** A framed part of a screen with its own heading. */
export function Panel({ title, extra, className, children }: PanelProps) {
  return (
    <section className={`panel ${className ?? ''}`}>
      {title ? (
        <div className="panel-head">
          <h2>{title}</h2>
          {extra}
        </div>
      ) : null}
      {children}
    </section>
  )
}
