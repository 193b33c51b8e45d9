/**
 * Python pickles of lists of integers, read without executing anything. A pickle is a program for a
 * small stack machine that may call any function of Python; here the machine knows what such lists
 * need and no more: of functions, only those that make one numpy integer from its bytes.
 * Source: Lib/pickletools.py of CPython; numpy.core.multiarray.scalar.
 */
import { BadInput } from "../../base/bad_input.ts";

/** What the names that a pickle may give stand for. */
const NAMES: Readonly<Record<string, Callable>> = {
  "numpy dtype": { makes: "dtype" },
  "numpy.core.multiarray scalar": { makes: "scalar" },
  "numpy._core.multiarray scalar": { makes: "scalar" },
};

/** A function of numpy that may be called. */
interface Callable {
  readonly makes: "dtype" | "scalar";
}

/** A type of integers, "i8"; its byte order is set to "<" afterwards, or the pickle is refused. */
interface Dtype {
  readonly dtype: string;
}

/** Everything that can lie on the stack. */
type Value = number | string | boolean | null | Uint8Array | Callable | Dtype | Value[];

const UTF8 = new TextDecoder();

/**
 * The value of a pickle of protocol 2 to 5; numpy's integers of protocol 3 and later.
 *
 * @param path for errors
 * @throws {BadInput} with the place of what is no part of a list of integers, or if it is cut off
 */
export function unpickled(bytes: Uint8Array, path: string): unknown {
  return new Machine(bytes, path).run();
}

class Machine {
  readonly #stack: Value[] = [];
  readonly #marks: number[] = [];
  readonly #memo: Value[] = [];
  readonly #view: DataView;
  #at = 0;

  constructor(readonly bytes: Uint8Array, readonly path: string) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): Value {
    for (;;) {
      const at = this.#at;
      try {
        const opcode = String.fromCharCode(this.#number(1));
        if (opcode === ".") return this.#pop();
        this.#do(opcode);
      } catch (error) {
        if (error instanceof Refused) throw this.#bad(error.message, at);
        if (error instanceof RangeError) throw this.#bad("it is cut off", at);
        throw error;
      }
    }
  }

  #do(opcode: string): void {
    const stack = this.#stack;
    switch (opcode) {
      case "\x80": // PROTO
        return this.#skip(1);
      case "\x95": // FRAME
        return this.#skip(8);
      case "(":
        return void this.#marks.push(stack.length);
      case "]":
        return void stack.push([]);
      case "K":
        return void stack.push(this.#number(1));
      case "M":
        return void stack.push(this.#number(2));
      case "J":
        return void stack.push(this.#number(4) | 0);
      case "N":
        return void stack.push(null);
      case "\x88":
        return void stack.push(true);
      case "\x89":
        return void stack.push(false);
      case "C":
        return void stack.push(this.#take(this.#number(1)));
      case "\x8c":
        return void stack.push(UTF8.decode(this.#take(this.#number(1))));
      case "X":
        return void stack.push(UTF8.decode(this.#take(this.#number(4))));
      case "a":
        return this.#append([this.#pop()]);
      case "e":
        return this.#append(this.#popMark());
      case "t":
        return void stack.push(this.#popMark());
      case "\x85":
      case "\x86":
      case "\x87": // TUPLE1, 2, 3
        return void stack.push(this.#popSome(opcode.charCodeAt(0) - 0x84));
      case "\x94":
        return void this.#memo.push(this.#top());
      case "q":
        return void (this.#memo[this.#number(1)] = this.#top());
      case "r":
        return void (this.#memo[this.#number(4)] = this.#top());
      case "h":
        return this.#recall(this.#number(1));
      case "j":
        return this.#recall(this.#number(4));
      case "c":
        return this.#name(this.#line(), this.#line());
      case "\x93": {
        const [module, name] = this.#popSome(2);
        return this.#name(String(module), String(name));
      }
      case "R": {
        const [callable, args] = this.#popSome(2);
        return void stack.push(called(callable!, args!));
      }
      case "b":
        return requireLittleEndian(this.#pop(), this.#top());
      default:
        throw new Refused("it has something else than lists of integers");
    }
  }

  /** A little-endian number of some bytes. */
  #number(size: 1 | 2 | 4): number {
    const at = this.#at;
    this.#at += size;
    if (size === 1) return this.#view.getUint8(at);
    return size === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true);
  }

  #take(length: number): Uint8Array {
    const start = this.#at;
    this.#skip(length);
    return this.bytes.subarray(start, this.#at);
  }

  #skip(length: number): void {
    this.#at += length;
    if (this.#at > this.bytes.length) throw new RangeError();
  }

  #line(): string {
    const end = this.bytes.indexOf(10, this.#at);
    if (end < 0) throw new RangeError();
    const text = UTF8.decode(this.bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  #top(): Value {
    if (this.#stack.length === 0) throw new Refused("it takes from an empty stack");
    return this.#stack.at(-1)!;
  }

  #pop(): Value {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }

  #popSome(count: number): Value[] {
    if (this.#stack.length < count) throw new Refused("it takes from an empty stack");
    return this.#stack.splice(-count);
  }

  #popMark(): Value[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw new Refused("it takes up to a mark that is not there");
    return this.#stack.splice(mark);
  }

  #append(values: Value[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw new Refused("it appends to what is no list");
    for (const value of values) list.push(value);
  }

  #recall(index: number): void {
    const value = this.#memo[index];
    if (value === undefined) throw new Refused("it recalls what it never kept");
    this.#stack.push(value);
  }

  #name(module: string, name: string): void {
    const callable = Object.hasOwn(NAMES, `${module} ${name}`) && NAMES[`${module} ${name}`];
    if (!callable) throw new Refused(`it names ${module}.${name}, which is not for data`);
    this.#stack.push(callable);
  }

  #bad(what: string, at: number): BadInput {
    const remedy = "Nothing in it was executed. Get the file again from where it is registered.";
    return new BadInput(
      `not a pickle of lists of integers: ${what}`,
      this.path,
      `byte ${at}`,
      remedy,
    );
  }
}

/** What is wrong with a pickle; the machine adds where. */
class Refused extends Error {}

function called(callable: Value, args: Value): Value {
  const makes = (callable as Callable | null)?.makes;
  const [first, second] = Array.isArray(args) ? args : [];
  if (makes === "dtype" && typeof first === "string") return { dtype: first };
  const isScalar = makes === "scalar" && second instanceof Uint8Array;
  if (isScalar && (first as Dtype | null)?.dtype === "i8" && second.length === 8) {
    const value = new DataView(second.buffer, second.byteOffset, 8).getBigInt64(0, true);
    return Number(value);
  }
  throw new Refused("it calls something in a way that is not known");
}

function requireLittleEndian(state: Value, of: Value): void {
  const isDtype = typeof (of as Dtype | null)?.dtype === "string";
  if (!isDtype || !Array.isArray(state) || state[1] !== "<") {
    throw new Refused("it sets the state of what is no integer of numpy");
  }
}
