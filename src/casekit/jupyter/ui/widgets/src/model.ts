// What anywidget hands to a view, and questions to the kernel.
import { say } from "./strings";

export interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(content: unknown): void;
  on(name: string, callback: (...args: any[]) => void): void;
  off(name: string, callback: (...args: any[]) => void): void;
}

export interface Context {
  model: Model;
  el: HTMLElement;
}

interface Waiting {
  done(result: any): void;
  failed(error: Error): void;
  timer: number;
}

// A kernel that runs a long cell answers when that is done; after this the view says so instead of waiting for ever.
const PATIENCE_MS = 60_000;

export class Kernel {
  private readonly waiting = new Map<string, Waiting>();
  private readonly prefix = Math.random().toString(36).slice(2);
  private count = 0;
  private readonly heard = (message: any): void => {
    const one = this.waiting.get(message?.id);
    if (!one) return;
    this.waiting.delete(message.id);
    window.clearTimeout(one.timer);
    if (typeof message.error === "string") one.failed(new Error(message.error));
    else one.done(message.result);
  };

  constructor(private readonly model: Model) {
    model.on("msg:custom", this.heard);
  }

  /** The answer of the widget's `ask_NAME`; rejects with one line to be shown. */
  ask<T>(name: string, args: Record<string, unknown>): Promise<T> {
    const id = `${this.prefix}${++this.count}`;
    return new Promise<T>((done, failed) => {
      const timer = window.setTimeout(() => {
        this.waiting.delete(id);
        failed(new Error(say("noKernel")));
      }, PATIENCE_MS);
      this.waiting.set(id, { done, failed, timer });
      try {
        this.model.send({ id, ask: name, args });
      } catch {
        this.waiting.delete(id);
        window.clearTimeout(timer);
        failed(new Error(say("noKernel")));
      }
    });
  }

  close(): void {
    this.model.off("msg:custom", this.heard);
    for (const one of this.waiting.values()) window.clearTimeout(one.timer);
    this.waiting.clear();
  }
}

/** Tell Python what is chosen. */
export function choose(model: Model, ids: string[]): void {
  const before: string[] = model.get("selected") ?? [];
  if (before.length === ids.length && before.every((id, i) => id === ids[i])) return;
  model.set("selected", ids);
  model.save_changes();
}
