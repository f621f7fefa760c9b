import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../server-for-tests.ts'
import { type CometClient, startCometClient } from './comet-client-for-tests.ts'
import { cometOperations } from './comet-operation.ts'

let under: TestServer
const open: CometClient[] = []
beforeAll(async () => {
  under = await startTestServer()
})
afterAll(async () => {
  for (const each of open) await each.cut()
  await under.close()
})
const client = async () => {
  const made = await startCometClient(under.server.urls[0]!)
  open.push(made)
  return made
}
const names = { firstName: 'Ann', lastName: 'Bee' }

/** Another customer's chat, from request chat to the echo of a message. */
async function isWell(): Promise<void> {
  const me = await client()
  const { secureKey } = await me.ask('requestChat', names)
  const { messages } = await me.ask('sendMessage', { secureKey, message: 'well' })
  const heard = [...messages, ...me.heard.flatMap(({ data }) => data.messages)]
  expect(heard).toContainEqual(expect.objectContaining({ type: 'Message', text: 'well' }))
  await me.disconnect()
}

test('whatever is published as an operation, there is one answer to each, and nothing else breaks', async () => {
  const me = await client()
  const { secureKey } = await me.ask('requestChat', names)
  const anything = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constantFrom(secureKey, '__proto__', {}))
  const members = 'secureKey message messageType nickname userData transcriptPosition pushUrl auth firstName lastName'
  const operation = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...(cometOperations.keys() as Iterable<string>)) },
    anything,
  )
  const data = fc.tuple(
    operation,
    fc.boolean(),
    fc.dictionary(fc.constantFrom(...members.split(' '), '__proto__', 'constructor', 'userData[a]'), anything),
  )
  const all = fc.sample(data, { numRuns: 120, seed: 5 })
  const before = me.heard.length
  for (const [operation, isOwn, rest] of all)
    me.publish({ data: { ...rest, operation, ...(isOwn && operation !== 'disconnect' && { secureKey }) } })
  await me.settled()
  const answers = me.heard.slice(before).filter(({ data }) => !('monitored' in data))
  expect(answers).toHaveLength(all.length)
  expect(answers.filter(({ data }) => ![0, 1, 2].includes(data.statusCode))).toEqual([])
  expect(under.lines.filter(line => line.includes('failed'))).toEqual([])
  await isWell()
})

test('[CV2-136] user data with names that every object has is kept as it is', async () => {
  const me = await client()
  const userData = JSON.parse('{"__proto__":{"a":1},"constructor":"c","toString":null}') as object
  const { secureKey, statusCode } = await me.ask('requestChat', { ...names, userData })
  expect(statusCode).toBe(0)
  expect((await me.ask('updateData', { secureKey, userData: '{"__proto__":"x"}' })).statusCode).toBe(0)
  expect(({} as Record<string, unknown>).a).toBeUndefined()
  await isWell()
})

test('[CV2-134] hundreds of chats of one session end with it', async () => {
  const me = await client()
  for (let n = 0; n < 300; n++) me.publish({ data: { operation: 'requestChat', ...names } })
  await me.settled()
  expect(me.heard.filter(({ data }) => data.secureKey !== undefined && data.statusCode === 0).length).toBeGreaterThan(
    299,
  )
  await me.disconnect()
  await isWell()
})
