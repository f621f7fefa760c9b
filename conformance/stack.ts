import type { Control } from './control.ts'
import type { PushSink } from './sink/push-sink.ts'
import type { Http } from './story/http.ts'

/**
 * One running target with everything around it. The reference server is started several times, so that cases that need a
 * server for themselves run side by side; any other target is one stack.
 */
export interface Stack {
  name: string
  /** One per GMS node, `http://host:port`. */
  urls: readonly string[]
  service: string
  /** `authorization` of every request, where the service asks for it. */
  authorization: string | undefined
  /** The same for the node status API; undefined = the control port knows it, or nobody. */
  nodeAuthorization: string | undefined
  http: Http
  /** Absent on targets that cannot be controlled. */
  control: Control | undefined
  /** Absent where no pushes can be received. */
  sink: PushSink | undefined
  /** Health pages of the Chat Servers, and where the documented members stand in them. */
  health: HealthPages
  /** Options that must stay as they are. */
  fixedOptions: readonly string[]
  /** How long a CometD session lives without a connect. */
  maxIntervalMs: number
  /** How long something that has to come is waited for. */
  patienceMs: number
  /** How long something that must not come is waited for, where there is no `settle`. */
  absenceWindowMs: number
  /** Ours: decisions of this project (basis X) are failures too. */
  isOurs: boolean
}

export interface HealthPages {
  urls: readonly string[]
  /** JSON pointers. */
  appDbid: string
  processId: string
}
