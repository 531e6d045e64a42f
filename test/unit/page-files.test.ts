import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { PAGE_HEADERS, resolvePageFile } from '../../src-main/hosts/page-files.ts'

const root = path.resolve('/pages')

describe('files of the pages', () => {
  it('finds the first page and what lies beside it', () => {
    expect(resolvePageFile(root, '/')).toBe(path.join(root, 'index.html'))
    expect(resolvePageFile(root, '/assets/app-1a2b3c4d.js')).toBe(
      path.join(root, 'assets', 'app-1a2b3c4d.js'),
    )
    expect(resolvePageFile(root, '/assets/%E5%AD%97.woff2')).toBe(
      path.join(root, 'assets', '字.woff2'),
    )
  })

  it.each([
    '/../desk.sqlite',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/..%5c..%5cpackage.json',
    '/C:/windows/win.ini',
    '/.git/config.json',
    '/index.html%00.js',
    '/%',
    '/desk.sqlite',
    '/readme',
  ])('has nothing at %s', (pathname) => {
    expect(resolvePageFile(root, pathname)).toBeNull()
  })

  it('never lets a page run a script from elsewhere', () => {
    const policy = PAGE_HEADERS['content-security-policy'] ?? ''
    const scripts = policy.split('; ').find((part) => part.startsWith('script-src'))
    expect(scripts).toBe("script-src 'self'")
    expect(policy).not.toContain('unsafe-eval')
    expect(policy).toContain("default-src 'none'")
  })
})
