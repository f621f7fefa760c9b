import { expect, test } from 'vitest'
import { startTestServer } from '../../server-for-tests.ts'

const shop = 'https://shop.example'
const names = ['allow-origin', 'allow-credentials', 'expose-headers', 'allow-headers']
const form = { 'content-type': 'application/x-www-form-urlencoded' }

test('[BX-165] a page of an allowed origin that chats over CometD may share files, another one may not', async () => {
  const under = await startTestServer({ set: [`refserver.cometd.allowedOrigins=${shop}`] })
  const ask = async (method: string, path: string, headers: Record<string, string>) => {
    const body = method === 'POST' ? 'operation=fileDownload&secureKey=none&fileId=1' : null
    const answer = await fetch(under.server.urls[0] + path, { method, headers, body })
    return [answer.status, ...names.map(name => answer.headers.get(`access-control-${name}`))]
  }
  const asks = { 'access-control-request-headers': 'x-requested-with', origin: shop }
  expect(await ask('OPTIONS', '/genesys/2/chat-ntf', asks)).toEqual([200, shop, 'true', null, 'x-requested-with'])
  expect(await ask('POST', '/genesys/2/chat-ntf', { ...form, origin: shop })).toEqual([
    500,
    shop,
    'true',
    'Content-Disposition',
    null,
  ])
  // What is wrong with a request is readable, too.
  const text = { 'content-type': 'text/plain', origin: shop }
  expect(await ask('POST', '/genesys/2/chat-ntf', text)).toEqual([415, shop, 'true', 'Content-Disposition', null])
  const none = [null, null, null, null]
  expect(await ask('POST', '/genesys/2/chat-ntf', { ...form, origin: 'https://evil.example' })).toEqual([500, ...none])
  expect(await ask('OPTIONS', '/genesys/2/chat-ntf', { origin: 'https://evil.example' })).toEqual([200, ...none])
  // REST is for servers.
  expect(await ask('POST', '/genesys/2/chat/customer-support/1/file/limits', { ...form, origin: shop })).toEqual([
    400,
    ...none,
  ])
  await under.close()
})

test('without allowed origins nobody asks beforehand', async () => {
  const under = await startTestServer({})
  const answer = await fetch(`${under.server.urls[0]}/genesys/2/chat-ntf`, {
    method: 'OPTIONS',
    headers: { origin: shop },
  })
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([405, null])
  await under.close()
})
