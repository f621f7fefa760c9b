import type { ChatServerParts } from '../actors.ts'
import { hostNow } from '../clock.ts'
import type { FaultGate } from '../faults/gate.ts'
import { isPlanted } from '../faults/is-planted.ts'
import type { PushNotice } from '../messages.ts'
import type { NodeRegistry, RegisteredNode } from './node-registry.ts'
import type { ServerCounts } from './server-counts.ts'
import type { Session } from './session.ts'

/** Takes a notice to the session's node. @returns false when no node is registered anywhere. */
export function createNotifier(
  parts: Pick<ChatServerParts, 'log' | 'tracer' | 'faults'>,
  nodes: NodeRegistry,
  counts: ServerCounts,
): (session: Session, notice: PushNotice) => boolean {
  return (session, notice) => {
    const node = associate(session, nodes, parts.faults)
    if (!node) {
      counts.pushesLost++
      // Trace message of the documentation, word for word (CS-054).
      parts.log.info(
        `Trc 59758 push-flex: could not send notification - no gms node found in group=${session.nodeGroup}`,
        { chatId: session.chatId, index: notice.index },
      )
      parts.tracer?.()?.record(['unsent', session.chatId, notice.index, hostNow()])
      return false
    }
    const gate = parts.faults?.()
    for (const sent of gate?.notice?.(notice) ?? [notice]) {
      counts.pushesSent++
      if (sent.attempt > 0) counts.pushesResent++
      node.link.send({ kind: 'notify', notice: sent })
    }
    return true
  }
}

/** The node that the session has used so far until it disconnects, then another one (CS-050). */
function associate(
  session: Session,
  nodes: NodeRegistry,
  faults: (() => FaultGate | undefined) | undefined,
): RegisteredNode | undefined {
  if (session.node && isPlanted(faults, 'node-for-ever')) return session.node.isConnected ? session.node : undefined
  if (!session.node?.isConnected || isPlanted(faults, 'node-for-each-notice'))
    session.node = nodes.choose(session.nodeGroup)
  if (session.node?.cluster !== session.nodeGroup && isPlanted(faults, 'no-foreign-cluster')) session.node = undefined
  return session.node
}
