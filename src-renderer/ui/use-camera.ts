import { useCallback, useEffect, useState } from 'react'

/** Why there is no picture: not allowed, none there, used by another program, unplugged, or not possible here. */
export type CameraProblem = 'denied' | 'none' | 'busy' | 'gone' | 'unavailable'

export interface Camera {
  stream: MediaStream | null
  problem: CameraProblem | null
  /** Every camera of this machine; their names are known once one was allowed. */
  devices: readonly MediaDeviceInfo[]
  deviceId: string
  choose: (deviceId: string) => void
  /** Tries again, after it was allowed or plugged in. */
  restart: () => void
}

const DEVICE_KEY = 'goodwill.camera'

function problemOf(error: unknown): CameraProblem {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
  return 'busy'
}

function listCameras(): Promise<MediaDeviceInfo[]> {
  return navigator.mediaDevices
    .enumerateDevices()
    .then((all) => all.filter(({ kind }) => kind === 'videoinput'))
    .catch(() => [])
}

/** The chosen camera, else whichever there is: one that was unplugged must not stand in the way of another. */
async function openStream(deviceId: string): Promise<MediaStream> {
  const size = { width: { ideal: 1920 }, height: { ideal: 1080 } }
  const wanted = deviceId ? { ...size, deviceId: { ideal: deviceId } } : size
  return navigator.mediaDevices.getUserMedia({ video: wanted, audio: false })
}

/** A camera that is on while the component is mounted. A camera that is unplugged is a problem said, not a crash. */
export function useCamera(): Camera {
  const [deviceId, setDeviceId] = useState(() => localStorage.getItem(DEVICE_KEY) ?? '')
  const [attempt, setAttempt] = useState(0)
  const [stream, setStream] = useState<MediaStream | null>(null)
  const [problem, setProblem] = useState<CameraProblem | null>(null)
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([])
  const restart = useCallback(() => setAttempt((before) => before + 1), [])

  useEffect(() => {
    const control = new AbortController()
    let opened: MediaStream | null = null
    const fail = (why: CameraProblem) => {
      setStream(null)
      setProblem(why)
    }
    const start = async () => {
      // Pages that did not come over a safe way have no cameras at all.
      if (!('mediaDevices' in navigator)) return fail('unavailable')
      try {
        opened = await openStream(deviceId)
      } catch (error) {
        if (!control.signal.aborted) fail(problemOf(error))
        return undefined
      }
      if (control.signal.aborted) return stop(opened)
      const ended = () => fail('gone')
      for (const track of opened.getVideoTracks()) {
        track.addEventListener('ended', ended, { signal: control.signal })
      }
      setProblem(null)
      setStream(opened)
      setDevices(await listCameras())
      return undefined
    }
    void start()
    return () => {
      control.abort()
      if (opened) stop(opened)
    }
  }, [deviceId, attempt])

  useEffect(() => {
    if (!('mediaDevices' in navigator)) return undefined
    const changed = async () => {
      const found = await listCameras()
      setDevices(found)
      if (stream === null && found.length > 0) restart()
    }
    const listener = () => void changed()
    navigator.mediaDevices.addEventListener('devicechange', listener)
    return () => navigator.mediaDevices.removeEventListener('devicechange', listener)
  }, [stream, restart])

  const choose = useCallback((chosen: string) => {
    localStorage.setItem(DEVICE_KEY, chosen)
    setDeviceId(chosen)
  }, [])
  return { stream, problem, devices, deviceId: idOf(stream) ?? deviceId, choose, restart }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

function idOf(stream: MediaStream | null): string | undefined {
  return stream?.getVideoTracks()[0]?.getSettings().deviceId
}
