import { afterEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from './server-for-tests.ts'

let under: TestServer
afterEach(() => under?.close())

test('[CV2-004] every operation of a chat takes an urlencoded form and makes its event, or none', async () => {
  under = await startTestServer()
  const customer = await under.chat('off')
  const operations: [string, Record<string, string>, string | undefined][] = [
    ['send', { message: 'a' }, 'Message'],
    ['startTyping', {}, 'TypingStarted'],
    ['stopTyping', {}, 'TypingStopped'],
    ['pushUrl', { pushUrl: 'https://example.com' }, 'PushUrl'],
    ['updateNickname', { nickname: 'Annie' }, 'NicknameUpdated'],
    ['customNotice', {}, 'CustomNotice'],
    ['updateData', { 'userData[a]': 'b' }, undefined],
    ['readReceipt', { transcriptPosition: '1' }, undefined],
    ['refresh', {}, undefined],
  ]
  for (const [operation, fields] of operations)
    expect([operation, (await customer.ask(operation, fields)).statusCode]).toEqual([operation, 0])
  const { messages } = await customer.ask('refresh', { transcriptPosition: '2' })
  expect(messages.map(event => event.type)).toEqual(operations.flatMap(([, , type]) => type ?? []))
  expect(await customer.ask('disconnect')).toMatchObject({ statusCode: 0, chatEnded: true })
})

test('[CV2-023] a fatal request stays fatal however often it is repeated', async () => {
  under = await startTestServer()
  const customer = await under.chat('off')
  await customer.ask('disconnect')
  for (let time = 0; time < 3; time++)
    expect(await customer.ask('send', { message: 'a' })).toMatchObject({ statusCode: 2, errors: [{ code: 249 }] })
})

test('[CV2-092] a message on refresh is not sent', async () => {
  under = await startTestServer()
  const customer = await under.chat('off')
  expect(await customer.ask('refresh', { message: 'not a send' })).toMatchObject({ statusCode: 0, nextPosition: 2 })
  expect((await customer.ask('refresh')).messages.map(event => event.type)).toEqual(['ParticipantJoined'])
})

test('[CV2-194] a node that is OFFLINE serves what reaches it', async () => {
  under = await startTestServer()
  const customer = await under.chat('off')
  const admin = `${under.server.urls[0]}/genesys/1/admin/node`
  const headers = { authorization: `Basic ${btoa('default:password')}` }
  await fetch(`${admin}/changestatus/OFFLINE`, { method: 'POST', headers })
  expect(await (await fetch(`${admin}/status`, { headers })).text()).toBe('OFFLINE')
  expect(await customer.ask('refresh')).toMatchObject({ statusCode: 0, nextPosition: 2 })
  expect(await under.request({ nickname: 'Eve' })).toMatchObject({ statusCode: 0 })
})
