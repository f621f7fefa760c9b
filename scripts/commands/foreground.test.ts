import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

const program = fileURLToPath(new URL('../chatgauge.ts', import.meta.url))

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A command that stays in the foreground, up to its ready line. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    errors += text
  })
  const exit = new Promise<number | null>(resolve => child.once('close', resolve))
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', line => resolve(JSON.parse(line)))
    void exit.then(code => reject(new Error(`ended with ${code}: ${errors}`)))
  })
  return { ready, exit, errors: () => errors, interrupt: () => child.kill('SIGINT') }
}

it('receive tells where it is, takes a push and ends at Ctrl-C with a count', async () => {
  const { ready, exit, errors, interrupt } = await start('receive', '--json', '--port', '0')
  expect(ready).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
  const answer = await fetch(`${ready.url}/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"deviceId":"x"}',
  })
  expect(answer.status).toBe(200)
  interrupt()
  expect(await exit).toBe(0)
  expect(errors()).toContain('1 received, 0 refused as no notification, 0 with a broken rule')
})

it('serve tells where everything is, answers a chat and ends at Ctrl-C', async () => {
  const { ready, exit, interrupt } = await start(
    'serve',
    '--json',
    '--port',
    '0',
    '--control-port',
    '0',
    '--gms-nodes',
    '2',
  )
  const url = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/)
  expect(ready).toEqual({ ready: true, url, urls: [url, url], control: url, health: [url] })
  const answer = await fetch(`${ready.url}/genesys/2/chat/customer-support`, {
    method: 'POST',
    body: new URLSearchParams({ nickname: 'Ada' }),
  })
  expect(await answer.json()).toMatchObject({ statusCode: 0, chatEnded: false })
  interrupt()
  expect(await exit).toBe(0)
})
