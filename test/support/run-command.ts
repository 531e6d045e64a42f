import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The project's root; every runner works from here. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Finished {
  code: number
  output: string
  seconds: number
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv
  /** Shows the output while it comes as well as returning it. */
  show?: boolean
}

/** A package's command line, started with the Node of this process on any system. */
export function packageCommand(file: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, `${ROOT}node_modules/${file}`, ...args]
}

/** Runs a command in the project's root to its end; never throws for a failing command. */
export function runCommand(
  [command, ...args]: [string, ...string[]],
  options: RunOptions = {},
): Promise<Finished> {
  const started = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const take = (chunk: Buffer): void => {
      output += chunk.toString()
      if (options.show) process.stdout.write(chunk)
    }
    const finish = (code: number): void =>
      resolve({ code, output, seconds: (performance.now() - started) / 1000 })
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => {
      output += String(error)
      finish(127)
    })
    child.on('close', (code) => finish(code ?? 1))
  })
}
