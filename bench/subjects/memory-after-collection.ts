/** Of a process that runs with --expose-gc. */
export async function memoryAfterCollection(): Promise<{ heapBytes: number; rssBytes: number }> {
  // Twice with a turn between: finalizers of the first collection free more.
  for (let i = 0; i < 2; i++) {
    globalThis.gc!()
    await new Promise(resolve => setImmediate(resolve))
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heapBytes: heapUsed + external, rssBytes: rss }
}
