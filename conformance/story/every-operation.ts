import type { Answer } from './answer.ts'
import type { Customer, Operation } from './customer.ts'

/**
 * Each operation of a running chat once, disconnect last, for what holds for every answer. One at a time, so that a story
 * ends with the operation that broke a rule.
 */
export async function* everyOperation(customer: Customer): AsyncGenerator<[Operation, Answer]> {
  yield ['send', await customer.send('hello')]
  yield ['refresh', await customer.refresh()]
  yield ['startTyping', await customer.startTyping('I am')]
  yield ['stopTyping', await customer.stopTyping()]
  yield ['pushUrl', await customer.pushUrl('https://example.com/order/7')]
  yield ['updateNickname', await customer.updateNickname('Annie')]
  yield ['customNotice', await customer.customNotice('reads the order')]
  yield ['updateData', await customer.updateData({ order: '7' })]
  yield ['readReceipt', await customer.readReceipt(1)]
  yield ['disconnect', await customer.disconnect()]
}
