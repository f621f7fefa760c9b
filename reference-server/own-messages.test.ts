import { afterEach, expect, test } from 'vitest'
import { validateMessage } from '../protocol/checks/validate-message.ts'
import type { MessageKind } from '../schemas/generated/kinds.ts'
import { type Customer, startTestServer, type TestServer } from './server-for-tests.ts'

let under: TestServer
afterEach(() => under?.close())

/** Nothing to object to, not even by a SHOULD, and of the kind that the documentation has for it. */
function expectRight(kind: MessageKind, message: unknown): void {
  expect(validateMessage(kind, message), JSON.stringify(message)).toEqual({ kind, violations: [], warnings: [] })
}

async function liveThrough(customer: Customer): Promise<void> {
  const { chatId } = customer.tokens
  const says = (action: string, body: object) =>
    under.control('POST', `/sessions/${chatId}/${action}`, { participantId: 2, ...body })
  await under.control('POST', `/sessions/${chatId}/join`, { nickname: 'Bob' })
  await says('say', { text: ' hello\n', messageType: 'html' })
  await says('say', { text: 'not for customers', agentOnly: true })
  await says('type', { started: true, text: 'I' })
  await says('push-url', { url: 'https://example.com/?a=b' })
  await says('notice', { text: 'note' })
  await says('rename', { nickname: 'Robert' })
  const operations: [string, Record<string, string>][] = [
    ['send', { message: 'hi', messageType: 'text', transcriptPosition: '2' }],
    ['startTyping', { message: 'h' }],
    ['stopTyping', {}],
    ['pushUrl', { pushUrl: 'https://example.com' }],
    ['updateNickname', { nickname: 'Annie' }],
    ['customNotice', { message: 'x' }],
    ['updateData', { 'userData[a]': 'b' }],
    ['readReceipt', { transcriptPosition: '2' }],
    ['refresh', { transcriptPosition: '99' }],
    ['refresh', { transcriptPosition: '0' }],
    ['refresh', {}],
  ]
  for (const [operation, fields] of operations) expectRight('operation-answer', await customer.ask(operation, fields))
}

test.each([
  ['[CV2-058] [CV2-059] [PUSH-034] [PUSH-043] [PUSH-045]', 'payload'],
  ['[PUSH-051] [PUSH-054] [PUSH-059]', 'reliable'],
  ['[PUSH-042]', 'device-id'],
] as const)('%s with pushes of mode %s every answer and push of a long chat fits its schema', async (_rules, mode) => {
  under = await startTestServer()
  const customer = await under.chat(mode, { GCTI_GMS_NotifyRequestor: 'true' })
  await liveThrough(customer)
  await under.control('POST', `/sessions/${customer.tokens.chatId}/close`, { participantId: 2 })
  expectRight('session-over-answer', await customer.ask('refresh'))
  expectRight('fatal-answer', await customer.ask('refresh'))
  const posts = await under.settledPosts()
  expect(posts.length).toBeGreaterThan(10)
  for (const { body } of posts) expectRight(`push-${mode}`, body)
})

test('[CV2-020] [CV2-021] [CV2-026] [CV2-027] [CV2-028] [CV2-029] each outcome has the members that it may have', async () => {
  under = await startTestServer()
  expectRight('request-chat-answer', await under.request({ firstName: 'Ann', lastName: 'Bee' }))
  const customer = await under.chat('off')
  expectRight('error-answer', await customer.ask('send', { message: '' }))
  expectRight('error-answer', await customer.ask('dance'))
  expectRight('disconnect-answer', await customer.ask('disconnect'))
  expectRight('fatal-answer', await customer.ask('refresh'))
  await under.control('POST', '/chat-servers/201/kill')
  expectRight('retryable-answer', await customer.ask('refresh'))
})

test('[CS-100] [CS-101] [CS-104] [CS-114] the shutdown advice and the health answer fit their schemas', async () => {
  under = await startTestServer({ set: ['settings.shutdown-notify-flex-push=1'] })
  await under.chat('reliable')
  expectRight('health', await (await fetch(`${under.server.health[0]}/health`)).json())
  await under.control('POST', '/chat-servers/201/stop')
  const posts = await under.settledPosts()
  expect(posts).toHaveLength(1)
  expectRight('push-advice', posts[0]!.body)
})
