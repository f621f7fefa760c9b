/** Settings of a subject, given by `startSubject`. */
export function settings<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T
}

/** Tells the bench that the subject is ready and answers its questions; `cpu` is known to each subject. */
export function serveSubject(ready: unknown, answer: (question: { ask: string }) => unknown = () => null): void {
  process.on('message', async (question: { ask: string }) => {
    if (question.ask === 'cpu') {
      const { user, system } = process.cpuUsage()
      process.send?.((user + system) / 1e6)
    } else {
      process.send?.((await answer(question)) ?? null)
    }
  })
  process.on('SIGTERM', () => process.exit(0))
  // The bench is gone, killed perhaps: nothing of it may stay.
  process.on('disconnect', () => process.exit(0))
  process.send?.(ready)
}
