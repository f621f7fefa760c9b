/** Of what a wait is put together: a pause of this process costs at most one of them. */
const stepMs = 100
/** Turns of the event loop after the last step: what came meanwhile, and what it brings, is read in them. */
const lastTurns = 3

export interface AwakeTime {
  /** Resolves when the time is over, never when it was cancelled. */
  over: Promise<void>
  readonly isOver: boolean
  cancel(): void
}

/**
 * Time that counts only while this process runs: how long something is waited for may not shrink because the suite was
 * stopped, or stood in line for a core, while its answer lay in a socket. What had come by then is seen before the time is over.
 */
export function awakeTime(ms: number): AwakeTime {
  let leftMs = ms
  let turns = lastTurns
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  let immediate: NodeJS.Immediate | undefined
  let tell = () => {}
  const over = new Promise<void>(resolve => {
    tell = resolve
  })
  function wait(): void {
    if (leftMs <= 0) {
      turn()
      return
    }
    const now = Math.min(stepMs, leftMs)
    leftMs -= now
    timer = setTimeout(wait, now)
  }
  function turn(): void {
    if (turns > 0) {
      turns -= 1
      immediate = setImmediate(turn)
      return
    }
    isOver = true
    tell()
  }
  wait()
  return {
    over,
    get isOver() {
      return isOver
    },
    cancel() {
      clearTimeout(timer)
      clearImmediate(immediate)
    },
  }
}

/** @returns how to call it off. */
export function afterAwake(ms: number, task: () => void): () => void {
  const { over, cancel } = awakeTime(ms)
  let isCancelled = false
  void over.then(() => isCancelled || task())
  return () => {
    isCancelled = true
    cancel()
  }
}

export const awakeFor = (ms: number): Promise<void> => awakeTime(ms).over
