import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { selfSignedCertificate } from './push-sender/certificate-for-tests.ts'
import { startTestServer } from './server-for-tests.ts'

test.each([
  ['[PUSH-048] refuses', 'false', 0, 1],
  ['[OPT-096] [PUSH-048] takes', 'true', 1, 0],
])('%s the certificate that nobody trusts, with http.ssl_trust_all=%s', async (_does, trustAll, posts, failures) => {
  const bodies: unknown[] = []
  const receiver = createServer(selfSignedCertificate(), async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    bodies.push(JSON.parse(text))
    response.end()
  })
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const url = `https://127.0.0.1:${(receiver.address() as AddressInfo).port}/push`
  const under = await startTestServer({ set: [`push.customhttp.url=${url}`, `gms.http.ssl_trust_all=${trustAll}`] })
  try {
    const { tokens } = await under.chat('device-id')
    await under.control('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
    await under.settledPosts()
    expect(bodies).toEqual(Array(posts).fill({ deviceId: 'dev-0001' }))
    expect(under.lines.filter(line => line.includes('DEPTH_ZERO_SELF_SIGNED_CERT'))).toHaveLength(failures)
  } finally {
    await under.close()
    receiver.closeAllConnections()
    receiver.close()
  }
})

test('[OPT-096] [OPT-007] a change of http.ssl_trust_all holds for the next notification', async () => {
  const receiver = createServer(selfSignedCertificate(), (_request, response) => response.end())
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const url = `https://127.0.0.1:${(receiver.address() as AddressInfo).port}/push`
  const under = await startTestServer({ set: [`push.customhttp.url=${url}`] })
  const failures = () => under.lines.filter(line => line.includes('DEPTH_ZERO_SELF_SIGNED_CERT')).length
  try {
    const { tokens } = await under.chat('device-id')
    const seen: number[] = []
    for (const value of ['false', 'true', 'false']) {
      await under.control('PUT', '/options/gms/http.ssl_trust_all', { value })
      await under.control('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
      await under.settledPosts()
      seen.push(failures())
    }
    expect(seen).toEqual([1, 1, 2])
  } finally {
    await under.close()
    receiver.closeAllConnections()
    receiver.close()
  }
})
