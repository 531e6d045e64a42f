import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/**
 * One of the settings OWASP's Password Storage Cheat Sheet lists as equal in strength: of these it takes the least time
 * and memory (16 MiB) on the small machines desks stand on. A hash keeps the parameters it was made with.
 */
const cost = { N: 2 ** 14, r: 8, p: 5 }

/** Hashes a PIN with scrypt and a salt of its own; the parameters are kept with the hash. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(pin, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join(
    '$',
  )
}

/** Compares in constant time. A missing or unreadable hash never matches, and takes as long as one that does. */
export async function pinMatches(pin: string, hash: string | null): Promise<boolean> {
  const [scheme, n, r, p, salt, key] = (hash ?? '').split('$')
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) {
    await derive(pin, Buffer.alloc(16), cost)
    return false
  }
  const expected = Buffer.from(key, 'base64')
  const found = await derive(pin, Buffer.from(salt, 'base64'), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  })
  return expected.length === found.length && timingSafeEqual(expected, found)
}

function derive(pin: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
