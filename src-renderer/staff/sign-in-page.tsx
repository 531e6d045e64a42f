import { LoginOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import type { InputRef } from 'antd'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import type { DeskStatus } from '../app/session.ts'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { DoorPage } from './brand.tsx'
import { PinField } from '../ui/pin-field.tsx'

const LAST_CODE_KEY = 'goodwill.lastOperator'

interface SignInPageProps {
  status: DeskStatus
  onSignedIn: (token: string) => void
}

/** Operator code, PIN, in. The last code on this desk is already there. */
export function SignInPage({ status, onSignedIn }: SignInPageProps) {
  const { t } = useTranslation()
  const [code, setCode] = useState(
    () => localStorage.getItem(LAST_CODE_KEY) ?? status.demoSignIn?.code ?? '',
  )
  const [pin, setPin] = useState('')
  const codeField = useRef<InputRef>(null)
  const pinField = useRef<InputRef>(null)
  const signIn = useMutation({
    mutationFn: (input: { code: string; pin: string }) => desk.staff.signIn(input),
    onSuccess: ({ token, operator }) => {
      localStorage.setItem(LAST_CODE_KEY, operator.code)
      onSignedIn(token)
    },
    onError: () => {
      setPin('')
      pinField.current?.focus()
    },
  })
  const startsWithCode = code === ''
  const first = useRef(startsWithCode)
  useLayoutEffect(() => (first.current ? codeField : pinField).current?.focus(), [])

  const ready = code.trim() !== '' && /^\d{4,12}$/.test(pin)
  const submit = () => {
    if (code.trim() === '') return codeField.current?.focus()
    if (!ready || signIn.isPending) return pinField.current?.focus()
    signIn.mutate({ code: code.trim(), pin })
  }
  const onEnter = useEnterSubmit(submit)

  return (
    <DoorPage
      title={t('staff:signIn.title')}
      hint={
        <>
          {status.store?.name} · {t('app:status.desk', { desk: status.store?.deskNo ?? '' })}
          {status.businessDate ? (
            <>
              {' · '}
              <BusinessDate date={status.businessDate} />
            </>
          ) : null}
        </>
      }
    >
      <RefusalAlert error={signIn.error} />
      {status.demoSignIn ? (
        <p className="door-demo">{t('staff:signIn.demo', { ...status.demoSignIn })}</p>
      ) : null}
      <Form layout="vertical" component="div" requiredMark={false}>
        <Form.Item label={t('staff:code')} htmlFor="sign-in-code">
          <Input
            id="sign-in-code"
            ref={codeField}
            size="large"
            value={code}
            maxLength={12}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setCode(event.target.value)}
            {...onEnter}
          />
        </Form.Item>
        <Form.Item label={t('staff:pin')} htmlFor="sign-in-pin">
          <PinField
            id="sign-in-pin"
            ref={pinField}
            value={pin}
            onChange={(event) => setPin(event.target.value)}
            {...onEnter}
          />
        </Form.Item>
        <Button
          type="primary"
          size="large"
          block
          icon={<LoginOutlined />}
          loading={signIn.isPending}
          onClick={submit}
        >
          {t('staff:signIn.submit')}
        </Button>
      </Form>
    </DoorPage>
  )
}
