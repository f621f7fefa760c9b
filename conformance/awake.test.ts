import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { afterAwake, awakeFor, awakeTime } from './awake.ts'

/** As a stopped process: nothing runs, the clock goes on. */
function standStill(ms: number): void {
  const endsAt = performance.now() + ms
  while (performance.now() < endsAt);
}

it('a pause of the process counts as one step at most', async () => {
  const order: string[] = []
  const awake = awakeFor(150).then(() => order.push('awake'))
  // The first step ends within the pause, the second begins behind it.
  const byTheClock = new Promise<void>(resolve => setTimeout(resolve, 150)).then(() => order.push('by the clock'))
  standStill(200)
  await Promise.all([awake, byTheClock])
  expect(order).toEqual(['by the clock', 'awake'])
})

it('what came during a pause is read before the time is over', async () => {
  const bell = new SharedArrayBuffer(4)
  const code = `const { parentPort, workerData } = require('node:worker_threads')
    Atomics.wait(new Int32Array(workerData), 0, 0)
    parentPort.postMessage('rung')`
  const worker = new Worker(code, { eval: true, workerData: bell })
  await new Promise(resolve => worker.once('online', resolve))
  let came: string | undefined
  worker.once('message', message => {
    came = message
  })
  const time = awakeTime(20)
  Atomics.store(new Int32Array(bell), 0, 1)
  Atomics.notify(new Int32Array(bell), 0)
  standStill(200)
  await time.over
  expect(came).toBe('rung')
})

it('what is called off does not happen', async () => {
  let happened = false
  const callOff = afterAwake(5, () => {
    happened = true
  })
  callOff()
  await awakeFor(10)
  expect(happened).toBe(false)
})
