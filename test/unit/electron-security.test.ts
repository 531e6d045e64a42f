import { describe, expect, it } from 'vitest'
import {
  DESK_PAGE,
  isDeskUrl,
  isNavigationAllowed,
  isPermissionAllowed,
  isTrustedSender,
} from '../../src-main/hosts/electron/security.ts'

describe('addresses of the desk', () => {
  it.each([DESK_PAGE, 'app://desk/', 'app://desk/trouble', 'app://desk/index.html#/sales/1'])(
    'accepts %s',
    (address) => {
      expect(isDeskUrl(address)).toBe(true)
      expect(isNavigationAllowed(address)).toBe(true)
    },
  )

  it.each([
    'https://example.com/',
    'app://desk.example.com/',
    'app://other/',
    'app://user@desk/',
    'http://desk/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,hello',
    'blob:app://desk/1',
    'about:blank',
    'app:desk',
    '',
    'not an address',
  ])('turns %s away', (address) => {
    expect(isDeskUrl(address)).toBe(false)
    expect(isNavigationAllowed(address)).toBe(false)
  })

  it('knows the bundler of a developer, and only its origin', () => {
    const dev = 'http://localhost:5173'
    expect(isDeskUrl('http://localhost:5173/index.html', dev)).toBe(true)
    expect(isDeskUrl('http://localhost:5174/index.html', dev)).toBe(false)
    expect(isDeskUrl('http://localhost:5173/index.html')).toBe(false)
  })
})

describe('permissions', () => {
  it('lets the desk copy text', () => {
    expect(isPermissionAllowed('clipboard-sanitized-write', DESK_PAGE)).toBe(true)
  })

  it('lets the desk see through a camera, and never hear', () => {
    const asks = (details: object) => isPermissionAllowed('media', DESK_PAGE, { details })
    expect(asks({ mediaTypes: ['video'] })).toBe(true)
    expect(asks({ mediaType: 'video' })).toBe(true)
    expect(asks({ mediaTypes: ['video', 'audio'] })).toBe(false)
    expect(asks({ mediaTypes: [] })).toBe(false)
    expect(asks({ mediaType: 'audio' })).toBe(false)
    expect(
      isPermissionAllowed('media', 'https://example.com/', { details: { mediaType: 'video' } }),
    ).toBe(false)
  })

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'usb'])(
    'denies %s even to the desk',
    (permission) => {
      expect(isPermissionAllowed(permission, DESK_PAGE)).toBe(false)
    },
  )

  it('denies everything to others', () => {
    expect(isPermissionAllowed('clipboard-sanitized-write', 'https://example.com/')).toBe(false)
  })
})

describe('senders', () => {
  it('are the top frame of a page of the desk', () => {
    expect(isTrustedSender({ url: DESK_PAGE, parent: null })).toBe(true)
  })

  it('are no frame inside it, no other page and nobody who is gone', () => {
    expect(isTrustedSender({ url: DESK_PAGE, parent: {} })).toBe(false)
    expect(isTrustedSender({ url: 'https://example.com/', parent: null })).toBe(false)
    expect(isTrustedSender(null)).toBe(false)
  })
})
