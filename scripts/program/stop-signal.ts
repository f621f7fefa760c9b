/** Ctrl-C reaches a program several times at once: from the terminal, from npm and from the bootstrap. */
const oneKeyPressMs = 500

/**
 * Calls `onStop` with 1 at the first SIGINT or SIGTERM, with 2 at the second one that a person can have meant, and so on.
 * @returns takes the handlers away.
 */
export function onStopSignal(
  onStop: (count: number, signal: NodeJS.Signals) => void,
  now = () => performance.now(),
): () => void {
  let count = 0
  let last = Number.NEGATIVE_INFINITY
  const handle = (signal: NodeJS.Signals) => {
    if (now() - last < oneKeyPressMs) return
    last = now()
    onStop(++count, signal)
  }
  process.on('SIGINT', handle).on('SIGTERM', handle)
  return () => void process.off('SIGINT', handle).off('SIGTERM', handle)
}

/**
 * Resolves at the first SIGINT or SIGTERM, or when the program that started this one is gone; a second signal ends the
 * process as if nobody listened.
 */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    process.once('disconnect', () => resolve('SIGTERM'))
    const stopListening = onStopSignal((count, signal) => {
      if (count === 1) return resolve(signal)
      stopListening()
      process.kill(process.pid, signal)
    })
  })
}
