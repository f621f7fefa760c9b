import { createDecipheriv } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTokenReader, createTokenWriter } from './cometd-token.ts'

const clusterKey = Buffer.alloc(16, 7)
const session = { chatId: '0001Abc123DEF001', secureKey: '0011aa22bb33cc44dd55', service: 'care' }

/** What any node of the cluster can do. */
function read(token: string): string {
  const decipher = createDecipheriv('aes-128-ecb', clusterKey, null).setAutoPadding(false)
  return decipher.update(Buffer.from(token, 'base64url')).toString().trimEnd()
}

test('[OQ-08] [PUSH-046] a token is the same for the same session, other for another one, and hides the raw key', () => {
  const write = createTokenWriter(clusterKey)
  const token = write(session)
  expect(createTokenWriter(clusterKey)(session)).toBe(token)
  expect(write({ ...session, secureKey: 'ffff' })).not.toBe(token)
  expect(token).toMatch(/^[A-Za-z0-9_-]{40,}$/)
  expect(token).not.toContain(session.secureKey)
  expect(read(token)).toBe('0011aa22bb33cc44dd55\n0001Abc123DEF001')
})

test('[PUSH-047] with a client channel the token names the service', () => {
  const token = createTokenWriter(clusterKey)({ ...session, clientChannel: '/service/chatV2/care' })
  expect(read(token)).toBe('0011aa22bb33cc44dd55\n0001Abc123DEF001\ncare')
})

test('[CV2-123] [CV2-152] the reader gives back what a node of the cluster wrote, and nothing for anything else', () => {
  const readToken = createTokenReader(clusterKey)
  const plain = createTokenWriter(clusterKey)(session)
  const named = createTokenWriter(clusterKey)({ ...session, service: 'soins-é', clientChannel: 'soins-é' })
  const { chatId, secureKey } = session
  const foreign = createTokenWriter(Buffer.alloc(16, 8))(session)
  for (const wrong of [
    '',
    'deprecated',
    secureKey,
    plain.slice(0, -1),
    plain.slice(0, 20),
    `${plain}=`,
    foreign,
    'A'.repeat(4096),
  ])
    expect(readToken(wrong)).toBeUndefined()
  expect(readToken(plain)).toEqual({ chatId, secureKey, service: '' })
  expect(readToken(named)).toEqual({ chatId, secureKey, service: 'soins-é' })
})
