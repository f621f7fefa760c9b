import { describe, it } from 'vitest'
import type { PushMode } from '../../push/mode.ts'
import { everyCites, isPush, messageOf, planted } from './planted.ts'

describe('pushes of body B', () => {
  it('[PUSH-035] two pushes swapped', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const [first, second] = deliveries.filter(isPush)
      if (!first || !second) return false
      ;[first.seen.push, second.seen.push] = [second.seen.push, first.seen.push]
      return true
    })
    everyCites(found, 'PUSH-035')
  })

  it('[CS-072] the same push twice', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const at = deliveries.findIndex(isPush)
      if (at >= 0) deliveries.splice(at, 0, structuredClone(deliveries[at]!))
      return at >= 0
    })
    everyCites(found, 'CS-072')
  })

  it('[PUSH-022] an event of another session', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const push = deliveries.filter(isPush).find(one => messageOf(one).messages[0].text?.startsWith('cg/'))
      if (push) messageOf(push).messages[0].text = 'cg/a1b2/a3.18/1/1795000000000+10 hello'
      return push !== undefined
    })
    everyCites(found, 'PUSH-022')
  })

  it('[PUSH-043] a body without payload, [PUSH-042] one with, [PUSH-051] a content body for a reliable session', () => {
    const wrong = (mode: PushMode, body: PushMode) =>
      planted({ mode }, deliveries => {
        const push = deliveries.find(isPush)
        if (push) push.seen.mode = body
        return push !== undefined
      })
    everyCites(wrong('payload', 'device-id'), 'PUSH-043')
    everyCites(wrong('device-id', 'payload'), 'PUSH-042')
    everyCites(wrong('reliable', 'payload'), 'PUSH-051')
  })
})
