import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { runChatgauge } from './run-chatgauge.ts'

it.each([
  [
    'a target that is not there',
    ['--target', 'http://127.0.0.1:9'],
    /target http:\/\/127\.0\.0\.1:9 cannot be reached/,
  ],
  ['a number that is none', ['--sessions', 'ten'], /--sessions: .*ten/],
  ['an unknown option', ['--sesions', '10'], /--sesions.*--sessions/],
  ['an unknown fault', ['--fault', 'drop-pusch'], /drop-pusch.*drop-push/],
])('%s ends with 2 at once, in one clear line', async (_name, args, line) => {
  const run = await runChatgauge('run', 'async-chat', ...args)
  const lines = run.stderr.trim().split('\n')
  expect([run.exit, lines.length, run.stdout]).toEqual([2, 1, ''])
  expect(lines[0]).toMatch(line)
})

it('an unknown scenario ends with 2 and names the nearest', async () => {
  const run = await runChatgauge('run', 'asink-chat')
  expect([run.exit, run.stderr.trim()]).toEqual([2, expect.stringMatching(/no scenario asink-chat.*async-chat/)])
})

it('a receiver port in use ends with 2 and says so', async () => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '0.0.0.0', resolve))
  const { port } = server.address() as { port: number }
  try {
    const run = await runChatgauge('run', 'async-chat', '--receiver-port', String(port))
    expect([run.exit, run.stderr.trim()]).toEqual([2, expect.stringMatching(/--receiver-port \d+ is in use/)])
  } finally {
    server.close()
  }
})
