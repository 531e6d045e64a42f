import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseDataFolder } from '../../src-main/hosts/data-folder.ts'

describe('the data folder', () => {
  const home = { APPDATA: 'C:\\Users\\li\\AppData\\Roaming', XDG_CONFIG_HOME: '/home/li/.config' }

  it('is the one named, before the one in the environment', () => {
    const env = { ...home, GOODWILL_DATA: '/srv/desk' }
    expect(chooseDataFolder({ data: '/srv/other' }, env, 'linux')).toBe(path.resolve('/srv/other'))
    expect(chooseDataFolder({}, env, 'linux')).toBe(path.resolve('/srv/desk'))
  })

  it('is otherwise where the system keeps application data', () => {
    expect(chooseDataFolder({}, home, 'linux')).toBe('/home/li/.config/goodwill-desk')
    expect(chooseDataFolder({}, home, 'win32')).toContain('Roaming')
    expect(chooseDataFolder({}, home, 'darwin')).toContain('Application Support')
  })

  it('is never shared between the demo and the real store', () => {
    expect(chooseDataFolder({ demo: true }, home, 'linux')).not.toBe(
      chooseDataFolder({}, home, 'linux'),
    )
  })
})
