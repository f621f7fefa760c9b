import { conformFaults } from '../conform-fault.ts'
import type { Asked, FaultGate, Reply } from '../gate.ts'

/** Acts on answers of the node status API whose path ends so. */
function changedStatus(path: RegExp, change: (reply: Reply, asked: Asked) => Reply): FaultGate {
  return {
    reply: (reply, asked) =>
      asked.path.startsWith('/genesys/1/') && path.test(asked.path) ? change(reply, asked) : reply,
  }
}

const asked = /\/node\/status$/
const changed = /\/changestatus\//

export const nodeStatus = conformFaults([
  {
    name: 'status-as-json',
    rules: ['CV2-190'],
    does: 'The status is a JSON object.',
    looksLike: 'The call was moved to the framework of the other services.',
    gate: () => changedStatus(asked, reply => ({ ...reply, body: JSON.stringify({ status: reply.body }) })),
  },
  {
    name: 'status-as-html',
    rules: ['CV2-190'],
    does: 'The status is labelled text/html.',
    looksLike: 'The container labels what the code does not.',
    gate: () =>
      changedStatus(asked, reply => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/html' } })),
  },
  {
    name: 'status-in-lower-case',
    rules: ['CV2-190'],
    does: 'The status is online or offline in lower case.',
    looksLike: 'The name of the state is shown as the user interface writes it.',
    gate: () => changedStatus(asked, reply => ({ ...reply, body: reply.body.toLowerCase() })),
  },
  {
    name: 'status-for-everybody',
    rules: ['CV2-191'],
    does: 'The status is told without credentials.',
    looksLike: 'A load balancer could not log in, so the call was opened.',
    gate: () =>
      changedStatus(asked, reply => (reply.status === 401 ? { ...reply, status: 200, body: 'ONLINE' } : reply)),
  },
  {
    name: 'any-password',
    rules: ['CV2-191'],
    does: 'Any credentials are good for the status.',
    looksLike: 'Only the presence of the header is looked at.',
    gate: () =>
      changedStatus(asked, (reply, { headers }) =>
        reply.status === 401 && headers.authorization !== undefined ? { ...reply, status: 200, body: 'ONLINE' } : reply,
      ),
  },
  {
    name: 'unauthorized-is-403',
    rules: ['CV2-191'],
    does: 'Missing credentials are answered 403.',
    looksLike: 'The filter knows roles and no anonymous callers.',
    gate: () => changedStatus(/./, reply => (reply.status === 401 ? { ...reply, status: 403 } : reply)),
  },
  {
    name: 'change-for-everybody',
    rules: ['CV2-191'],
    does: 'The status can be changed without credentials.',
    looksLike: 'Only the reading call is in the list of protected paths.',
  },
  {
    name: 'status-not-changed',
    rules: ['CV2-192'],
    does: 'changestatus is answered 200 and changes nothing.',
    looksLike: 'The value is written to another object than the one that is read.',
    gate: () => changedStatus(asked, reply => ({ ...reply, body: 'ONLINE' })),
  },
  {
    name: 'offline-for-good',
    rules: ['CV2-192'],
    does: 'A node that was taken offline does not come back.',
    looksLike: 'Coming back is left to the next start.',
    gate() {
      let wasOffline = false
      return changedStatus(asked, reply => {
        wasOffline ||= reply.body === 'OFFLINE'
        return wasOffline ? { ...reply, body: 'OFFLINE' } : reply
      })
    },
  },
  {
    name: 'any-status-word',
    rules: ['CV2-193'],
    does: 'changestatus takes any word.',
    looksLike: 'The word is stored as it comes.',
    gate: () => changedStatus(changed, reply => (reply.status === 400 ? { ...reply, status: 200 } : reply)),
  },
  {
    name: 'other-word-is-offline',
    rules: ['CV2-193'],
    does: 'An unknown word is answered 400, and the node is OFFLINE.',
    looksLike: 'Whatever is not ONLINE is read as false before it is checked.',
    gate() {
      let isOffline = false
      return changedStatus(/./, (reply, { path }) => {
        if (changed.test(path)) isOffline = reply.status === 400
        return isOffline && asked.test(path) ? { ...reply, body: 'OFFLINE' } : reply
      })
    },
  },
  {
    name: 'other-word-is-404',
    rules: ['CV2-193'],
    does: 'An unknown word is answered 404.',
    looksLike: 'Each word is a route of its own.',
    gate: () => changedStatus(changed, reply => (reply.status === 400 ? { ...reply, status: 404 } : reply)),
  },
  {
    name: 'offline-node-refuses',
    rules: ['CV2-194'],
    does: 'A node that is OFFLINE answers chat requests with 503.',
    looksLike: 'The status is looked at by the node itself instead of by load balancers.',
    gate: () => whileOffline(() => true),
  },
  {
    name: 'offline-node-begins-no-chat',
    rules: ['CV2-194'],
    does: 'A node that is OFFLINE answers request chat with 503.',
    looksLike: 'The node drains itself.',
    gate: () => whileOffline(operation => operation === 'requestChat'),
  },
  {
    name: 'no-oldest-form',
    rules: ['CV2-195'],
    does: 'GET /genesys/1/node is answered 404.',
    looksLike: 'The path of the first version was removed.',
    gate: () => changedStatus(/\/node$/, reply => ({ ...reply, status: 404 })),
  },
])

function whileOffline(refuses: (operation: string) => boolean): FaultGate {
  let isOffline = false
  const body = JSON.stringify({ errors: [{ code: 9012, advice: 'the node is offline' }] })
  return {
    reply(reply, { path, operation }) {
      if (changed.test(path)) isOffline = path.endsWith('/OFFLINE')
      return isOffline && operation !== '' && refuses(operation) ? { ...reply, status: 503, body } : reply
    },
  }
}
