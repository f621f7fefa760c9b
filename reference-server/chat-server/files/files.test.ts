import { expect, test } from 'vitest'
import { type Customer, startTestServer, type TestServer } from '../../server-for-tests.ts'

async function upload(under: TestServer, { tokens }: Customer, name = 'a.txt'): Promise<string> {
  const form = new FormData()
  for (const [key, value] of Object.entries(tokens)) form.append(key, value)
  form.append('file', new Blob(['hello']), name)
  const at = `${under.server.urls[0]}/genesys/2/chat/customer-support/${tokens.chatId}/file`
  const answer = (await (await fetch(at, { method: 'POST', body: form })).json()) as { userData: { 'file-id': string } }
  return answer.userData['file-id']
}

async function download(under: TestServer, { tokens }: Customer, fileId: string): Promise<string | number> {
  const at = `${under.server.urls[0]}/genesys/2/chat/customer-support/${tokens.chatId}/file/${fileId}/download`
  const response = await fetch(at, { method: 'POST', body: new URLSearchParams(tokens) })
  return response.ok ? response.text() : response.status
}

const gauges = async (under: TestServer) => ((await under.control('GET', '/gauges')).body as { files: object }).files

test('[CV2-184] [CS-081] files come back with a session that another Chat Server restores, their counts too', async () => {
  const under = await startTestServer({ chatServers: 2 })
  try {
    const customer = await under.chat('off')
    const at = `/sessions/${customer.tokens.chatId}`
    await under.control('POST', `${at}/join`, { nickname: 'Bob' })
    const own = await upload(under, customer)
    const offer = { participantId: 2, name: 'offer.pdf', content: Buffer.from('an offer').toString('base64') }
    const { fileId } = (await under.control('POST', `${at}/upload`, offer)).body as { fileId: string }
    expect(await download(under, customer, own)).toBe('hello')
    await under.control('POST', `/chat-servers/${customer.tokens.alias}/kill`)
    expect([await download(under, customer, own), await download(under, customer, fileId)]).toEqual([
      'hello',
      'an offer',
    ])
    const { body } = await under.control('GET', at)
    expect((body as { files: object[] }).files).toMatchObject([
      { fileId: own, name: 'a.txt', source: 'client', downloads: 2 },
      { fileId, name: 'offer.pdf', source: 'agent', downloads: 1 },
    ])
    expect(await gauges(under)).toEqual({ files: 2, bytes: 13 })
  } finally {
    await under.close()
  }
})

test('an agent uploads, reads and deletes over the control API; what is not there or not possible is said', async () => {
  const under = await startTestServer()
  try {
    const customer = await under.chat('off')
    const at = `/sessions/${customer.tokens.chatId}`
    await under.control('POST', `${at}/join`, { nickname: 'Bob' })
    const own = await upload(under, customer)
    const content = Buffer.from('hello').toString('base64')
    expect((await under.control('GET', `${at}/files/${own}`)).body).toMatchObject({
      fileId: own,
      name: 'a.txt',
      content,
    })
    const refused = await under.control('POST', `${at}/upload`, { participantId: 7, name: 'b.txt', content })
    expect(refused).toEqual({
      status: 409,
      body: { error: 'upload is not possible: the session is over or has no such participant or file' },
    })
    expect((await under.control('POST', `${at}/upload`, { participantId: 2, name: 'b.txt' })).status).toBe(400)
    const odd = { participantId: 2, name: 'b.txt', content, type: 'text/plain\nx: y' }
    expect((await under.control('POST', `${at}/upload`, odd)).status).toBe(400)
    expect((await under.control('POST', `${at}/delete-file`, { participantId: 2, fileId: own })).status).toBe(200)
    expect((await under.control('POST', `${at}/delete-file`, { participantId: 2, fileId: own })).status).toBe(409)
    expect((await under.control('GET', `${at}/files/${own}`)).status).toBe(404)
    expect(
      (await under.control('POST', '/sessions/none/upload', { participantId: 2, name: 'b', content })).status,
    ).toBe(404)
    expect(await gauges(under)).toEqual({ files: 0, bytes: 0 })
  } finally {
    await under.close()
  }
})

test('with the end of a session its files are gone', async () => {
  const under = await startTestServer()
  try {
    const customer = await under.chat('off')
    const at = `/sessions/${customer.tokens.chatId}`
    await under.control('POST', `${at}/join`, { nickname: 'Bob' })
    const own = await upload(under, customer)
    await customer.ask('disconnect')
    // The agent is still there, and so is the session.
    expect((await under.control('GET', `${at}/files/${own}`)).status).toBe(200)
    await under.control('POST', `${at}/leave`, { participantId: 2 })
    expect(await gauges(under)).toEqual({ files: 0, bytes: 0 })
  } finally {
    await under.close()
  }
})
