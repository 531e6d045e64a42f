const KEY = 'goodwill.alertSound'

/** Whether this desk rings for new messages: off until somebody turns it on, kept on this machine. */
export function isSoundOn(): boolean {
  return localStorage.getItem(KEY) === 'on'
}

export function keepSound(on: boolean): void {
  localStorage.setItem(KEY, on ? 'on' : 'off')
}

/** Two short tones, made here: no file, nothing that could be missing. */
export function ring(): void {
  const audio = new AudioContext()
  for (const [place, pitch] of [880, 1175].entries()) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    const from = audio.currentTime + place * 0.18
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.12, from)
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.16)
    tone.connect(volume).connect(audio.destination)
    tone.start(from)
    tone.stop(from + 0.17)
  }
}
