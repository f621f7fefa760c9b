import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { masked, openViolations } from './violations.ts'

const report = {
  rule: 'CS-072',
  what: 'Event 5 was pushed twice',
  at: '/index',
  expected: 'one',
  found: '5',
  atMs: 0,
  session: '0.17',
}

test('each line names rule, instant, session, place, what was expected and found, and a short message', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'chatgauge-violations-')), 'violations.ndjson')
  const violations = openViolations(file, () => {})
  for (let i = 0; i < 250; i += 1) violations.add({ ...report, message: 'x'.repeat(2_000) })
  violations.note({ ...report, rule: 'pushes_lost', message: '' })
  await violations.close()
  const lines = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines).toHaveLength(101)
  expect(lines[0]).toEqual({
    rule: 'CS-072',
    at: '1970-01-01T00:00:00.000Z',
    session: '0.17',
    what: 'Event 5 was pushed twice',
    pointer: '/index',
    expected: 'one',
    found: '5',
    message: `${'x'.repeat(1_000)}…`,
  })
  expect(violations.total()).toBe(250)
  expect(violations.counts().map(({ rule, count }) => [rule, count])).toEqual([['CS-072', 250]])
})

test.each([
  ['{"secureKey":"0011aa","chatId":"c"}', '{"secureKey":"…","chatId":"c"}'],
  ['{"userData":{"secure-key":"0011aa"}}', '{"userData":{"secure-key":"…"}}'],
  ['"{\\"secureKey\\":\\"0011aa\\"}"', '"{\\"secureKey\\":\\"…\\"}"'],
  ['secureKey=0011aa&userId=7', 'secureKey=…&userId=7'],
  ['Authorization: Basic Zm9vOmJhcg==', 'Authorization: …'],
  ['{"text":"hello"}', '{"text":"hello"}'],
])('%s is written as %s', (text, shown) => {
  expect(masked(text)).toBe(shown)
})
