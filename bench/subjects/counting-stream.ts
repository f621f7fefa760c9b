import type { ObservationSources, ObservationStream } from '../../receiver/observation-stream.ts'

/** Stands in for the receiver's stream of observations: the frame of each second with its counts, and no POST. */
export function createObservationStream(sources: ObservationSources): ObservationStream {
  const sockets = new Set<Parameters<ObservationStream['connect']>[0]>()
  let frames = 0
  let observed = 0
  const alive = setInterval(() => {
    frames += 1
    const frame = { frame: frames, pushes: [], posts: sources.posts(), refused: sources.refused(), observed }
    for (const socket of sockets) socket.send(JSON.stringify({ ...frame, intakeMs: sources.intakeMs() }))
  }, 1_000)
  return {
    connect: socket => void sockets.add(socket),
    add() {
      observed += 1
    },
    close: () => clearInterval(alive),
  }
}
