/**
 * Messages to another process. Those of one turn of the event loop go as one: each costs a system
 * call and a wake-up on either side, more than a small picture costs to embed.
 */
export class Outbox<Message> {
  private waiting: Message[] = [];

  /** @param send sends some messages, at least one, in the order they were posted */
  constructor(private readonly send: (messages: readonly Message[]) => void) {}

  post(message: Message): void {
    this.waiting.push(message);
    if (this.waiting.length > 1) return;
    setImmediate(() => {
      const messages = this.waiting;
      this.waiting = [];
      this.send(messages);
    });
  }
}
