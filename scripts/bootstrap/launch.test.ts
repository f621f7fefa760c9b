import { expect, it } from 'vitest'
import { launch } from './launch.mjs'

const run = (script: string) => launch(process.execPath, ['-e', script])

it('answers the exit code of the program', async () => {
  expect(await run('process.exit(3)')).toBe(3)
})

it('answers 128 + signal when a signal ended it', async () => {
  expect(await run('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)')).toBe(143)
})

it('passes signals on', async () => {
  const ended = run(
    'process.on("SIGTERM", () => process.exit(42)); process.kill(process.ppid, "SIGUSR2"); setInterval(() => {}, 1000)',
  )
  await new Promise<void>(resolve => process.once('SIGUSR2', () => resolve()))
  process.emit('SIGTERM', 'SIGTERM')
  expect(await ended).toBe(42)
})
