import { expect, test } from 'vitest'
import { startTestServer } from './test-server.ts'

const limitOf10 = 'limits-control-enabled = true\nlimit-for-sessions = 10\n'

function fill(ini: string, count = 10) {
  const test = startTestServer({ ini })
  return { ...test, chats: Array.from({ length: count }, () => test.startChat()) }
}

test('[CS-120] [OPT-050] by default no limit is enforced', () => {
  expect(fill('', 1_100).server.health()).toMatchObject({ sessions: 1_100, serviceUnavailable: false })
})

test('[CS-121] [CS-122] [OPT-053] refused from 10 on, still at 9 and 8, accepted at 7; running chats continue', () => {
  const { startChat, chats } = fill(limitOf10)
  expect(() => startChat()).toThrow('limited')
  expect(chats[0]!.ok('send', { message: 'x' }).chatEnded).toBe(false)
  for (const chat of chats.slice(0, 2)) {
    chat.ok('disconnect')
    expect(() => startChat()).toThrow('limited')
  }
  chats[2]!.ok('disconnect')
  expect(startChat().answer.kind).toBe('ok')
})

test('[CS-122] [OPT-053] at exactly the threshold service is not restored yet, whatever the fractions', () => {
  // In binary fractions 100 × 0.55 is more than 55.
  const ini = 'limits-control-enabled = true\nlimit-for-sessions = 100\nlimits-restore-threshold = 55\n'
  const { startChat, chats } = fill(ini, 100)
  for (const chat of chats.slice(0, 45)) chat.ok('disconnect')
  expect(() => startChat()).toThrow('limited')
  chats[45]!.ok('disconnect')
  expect(startChat().answer.kind).toBe('ok')
})

test('[CS-121] [OPT-052] customers are limited apart from sessions', () => {
  const { startChat, chats } = fill('limits-control-enabled = true\nlimit-for-flex-users = 10\n')
  expect(() => startChat()).toThrow('limited')
  for (const chat of chats.slice(0, 3)) {
    chat.agent()
    chat.ok('disconnect')
  }
  expect(startChat().answer.kind).toBe('ok')
})

test('[CS-125] a limit of 0 is no limit for this metric', () => {
  const ini = 'limits-control-enabled = true\nlimit-for-sessions = 0\nlimit-for-flex-users = 0\n'
  expect(fill(ini, 2_000).chats).toHaveLength(2_000)
})

test('[CS-126] [OPT-054] the report goes to log and health, unless limits-reached-report-scs is false', () => {
  const reported = fill(limitOf10)
  expect(reported.server.health()).toMatchObject({ serviceUnavailable: true })
  expect(reported.lines).toContain('SERVICE UNAVAILABLE: a load limit is reached')
  const silent = fill(`${limitOf10}limits-reached-report-scs = false\n`)
  expect(silent.server.health()).toMatchObject({ serviceUnavailable: false })
  expect(silent.lines.join()).not.toContain('SERVICE UNAVAILABLE')
})
