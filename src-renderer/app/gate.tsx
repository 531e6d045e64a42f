import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Query, QueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { RouterProvider } from 'react-router'

import { useScannerPause } from '../input/use-scanner.tsx'
import { LockScreen } from '../staff/lock-screen.tsx'
import { SetUpPage } from '../staff/set-up-page.tsx'
import { SignInPage } from '../staff/sign-in-page.tsx'
import { LoadingState } from '../ui/states.tsx'
import { StoreContext } from '../ui/store-context.ts'
import { api, desk, onTrouble, readTrouble } from './client.ts'
import { ConnectionPage, LostConnectionBar } from './connection-page.tsx'
import { createDeskRouter, preloadPages } from './routes.tsx'
import { SessionContext } from './session.ts'
import type { DeskStatus, Session } from './session.ts'
import { keepSession, readSession } from './transport.ts'
import { useIdleLock } from './use-idle-lock.ts'

const router = createDeskRouter()
const STATUS_EVERY_MS = 60_000
const RECONNECT_EVERY_MS = 2_000

/** Lets in: first set-up, then sign-in, then the desk; over all of them a lost connection. */
export function Gate() {
  const status = useQuery(
    api.settings.status.queryOptions({
      refetchInterval: ({ state }) => (state.error ? RECONNECT_EVERY_MS : STATUS_EVERY_MS),
      staleTime: 0,
      // Its own failures are what the lost-connection notice is made of; they must not ask for it again.
      meta: { quiet: true },
    }),
  )
  const [signedIn, setSignedIn] = useState(() => readSession() !== '')
  const cache = useQueryClient()
  const leave = useCallback(() => {
    keepSession(null)
    setSignedIn(false)
    cache.removeQueries({ predicate: ({ queryKey }) => !isStatusKey(queryKey) })
  }, [cache])

  const { refetch: askStatus } = status
  useEffect(
    () =>
      onTrouble(({ kind }) => {
        if (kind === 'signed_out') leave()
        if (kind === 'stale_token' || kind === 'no_connection') {
          // A line that was gone for a moment only: what has failed meanwhile is asked again.
          void askStatus().then(({ error }) => error === null && askAgain(cache))
        }
      }),
    [leave, askStatus, cache],
  )
  const lost = status.error !== null
  useEffect(() => {
    if (!lost) askAgain(cache)
  }, [lost, cache])

  const isSetUp = status.data?.setUp === true
  useEffect(() => {
    // While a code and a PIN are typed there is time; after that somebody waits for the first page.
    if (isSetUp) preloadPages()
  }, [isSetUp])

  const enter = (token: string) => {
    keepSession(token)
    setSignedIn(true)
  }

  if (!status.data) {
    if (!status.error) return <LoadingState />
    return (
      <ConnectionPage trouble={readTrouble(status.error)} retry={() => void status.refetch()} />
    )
  }
  const { store, businessDate } = status.data
  if (!status.data.setUp || !store || !businessDate)
    return <SetUpPage onDone={() => void status.refetch()} />
  return (
    <StoreContext
      value={{
        currency: store.currency,
        timeZone: store.timeZone,
        today: businessDate,
      }}
    >
      {status.error ? <LostConnectionBar trouble={readTrouble(status.error)} /> : null}
      {signedIn ? (
        <SignedIn status={status.data} store={store} leave={leave} />
      ) : (
        <SignInPage status={status.data} onSignedIn={enter} />
      )}
    </StoreContext>
  )
}

/** A read that fails on a line that stands is not asked for again at once: its screen says that it failed. */
const ASK_AGAIN_AFTER_MS = 10_000
const askedAgainAt = new WeakMap<Query, number>()

/** Repeats the reads that had no answer. */
function askAgain(cache: QueryClient): void {
  const now = performance.now()
  void cache.refetchQueries({
    predicate: (query) => {
      const { error } = query.state
      if (error === null || readTrouble(error).kind !== 'no_connection') return false
      if (now - (askedAgainAt.get(query) ?? Number.NEGATIVE_INFINITY) < ASK_AGAIN_AFTER_MS)
        return false
      askedAgainAt.set(query, now)
      return true
    },
  })
}

function isStatusKey(queryKey: readonly unknown[]): boolean {
  return JSON.stringify(queryKey[0]) === JSON.stringify(['settings', 'status'])
}

interface SignedInProps {
  status: DeskStatus
  store: NonNullable<DeskStatus['store']>
  leave: () => void
}

function SignedIn({ status, store, leave }: SignedInProps) {
  const me = useQuery(api.staff.me.queryOptions({ staleTime: 60_000 }))
  const lockDesk = useMutation({ mutationFn: () => desk.staff.lock() })
  const [lockedHere, setLockedHere] = useState(false)
  const locked = lockedHere || (me.data?.locked ?? false)

  const lock = useCallback(() => {
    setLockedHere(true)
    lockDesk.mutate()
  }, [lockDesk])
  const signOut = useCallback(() => {
    void desk.staff.signOut().catch(() => undefined)
    leave()
  }, [leave])

  useEffect(
    () => onTrouble((trouble) => void (trouble.kind === 'locked' && setLockedHere(true))),
    [],
  )
  useIdleLock(store.idleLockMinutes, lock, !locked)
  useScannerPause(locked)

  const session = useMemo<Session | null>(
    () =>
      me.data
        ? {
            operator: me.data.operator,
            may: (permission) => me.data.permissions.includes(permission),
            store,
            status,
            lock,
            signOut,
          }
        : null,
    [me.data, store, status, lock, signOut],
  )

  if (!session) {
    if (!me.error) return <LoadingState />
    return <ConnectionPage trouble={readTrouble(me.error)} retry={() => void me.refetch()} />
  }
  return (
    <SessionContext value={session}>
      <RouterProvider router={router} />
      {locked ? (
        <LockScreen
          operator={session.operator}
          onUnlocked={() => {
            setLockedHere(false)
            void me.refetch()
          }}
          signOut={signOut}
        />
      ) : null}
    </SessionContext>
  )
}
