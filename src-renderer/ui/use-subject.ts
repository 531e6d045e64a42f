import { createContext, useContext, useEffect } from 'react'

import type { About } from '../app/paths.ts'

/** What is on screen, so that F3, F4 and F8 start with it. */
export interface SubjectControl {
  about: About
  setAbout: (about: About) => void
}

export const SubjectContext = createContext<SubjectControl>({ about: {}, setAbout: () => {} })

/** Declares what this page is about while it is open; F8 pressed here carries it along. */
export function useSubject(about: About): void {
  const { setAbout } = useContext(SubjectContext)
  const key = JSON.stringify(about)
  useEffect(() => {
    setAbout(JSON.parse(key) as About)
    return () => setAbout({})
  }, [key, setAbout])
}
