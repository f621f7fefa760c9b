/** What one way led to; `why` tells a person why it led nowhere. */
export type WayOutcome = { path: string; version: string; how: string } | { why: string }

/** What every way may need; injected, so that tests have their own cache, release server and PATH. */
export interface K6Surroundings {
  env: Readonly<Record<string, string | undefined>>
  platform: string
  arch: string
  releaseUrl: string
  /** The folder with the go.mod of the build. */
  buildFolder: string
  connectTimeoutMs: number
  /** A server that says nothing for so long is given up. */
  silenceTimeoutMs: number
  say(line: string): void
}
