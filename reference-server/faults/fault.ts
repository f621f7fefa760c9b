import type { PushMode } from '../../protocol/push/mode.ts'
import type { Random } from '../random.ts'
import type { FaultArguments } from './arguments.ts'
import type { FaultGate } from './gate.ts'

/** A planted misbehaviour, as `serve --list-faults` shows it. */
export interface FaultDefinition {
  name: string
  /** One sentence. */
  does: string
  /** What a product with such a bug would show, and how it could have come about. */
  looksLike: string
  /** As typed behind the colon, with the default: `nth=1000`; '' = none. */
  arguments: string
  /** Rule ids that it breaks, of which a run or a case must name one first; or the threshold that a run breaks. */
  rules: readonly string[]
  /** Push modes in which a load run sees it; `comet` = over CometD, where nobody is pushed. */
  modes: readonly (PushMode | 'comet')[]
  /** As the conformance cases plant it, so that one chat is enough; undefined = only a load run can see it. */
  inConformance?: string
  /** @throws when an argument is not allowed. */
  plant(args: FaultArguments, random: Random): FaultGate
}
