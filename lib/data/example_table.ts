/**
 * The example of an own table: the loans of a small town's library, made up by the synthetic
 * generator. Planted interests are subjects, and titles tell theirs, so that a person can judge
 * what a model recommends.
 */
import { Random } from "../base/random.ts";
import { itemsOf, userCount } from "./interactions.ts";
import { synthetic } from "./synthetic.ts";

/** What the books of a subject are about; every subject has five such words. */
const SUBJECTS: readonly (readonly string[])[] = [
  ["Bread", "Sourdough", "Pastry", "Biscuits", "Cake"],
  ["Roses", "Compost", "Orchards", "Herb Beds", "Hedges"],
  ["Comets", "Galaxies", "Black Holes", "the Moon", "Telescopes"],
  ["Castles", "Knights", "Monasteries", "the Crusades", "Heraldry"],
  ["Sailing", "Lighthouses", "Knots", "Tides", "Shipwrecks"],
  ["Chess", "Card Games", "Puzzles", "Go", "Dominoes"],
  ["Trains", "Bridges", "Canals", "Tunnels", "Steam Engines"],
  ["Owls", "Foxes", "Bees", "Badgers", "Hedgehogs"],
  ["Watercolour", "Charcoal", "Woodcuts", "Portraits", "Fresco"],
  ["Choirs", "the Violin", "Opera", "Folk Songs", "the Organ"],
  ["Murder", "Poison", "Forgery", "Blackmail", "Kidnapping"],
  ["Running", "Climbing", "Cycling", "Swimming", "Skiing"],
];

/** How a title is made of such a word. */
const TITLES: readonly ((word: string) => string)[] = [
  (word) => `The Joy of ${word}`,
  (word) => `A Year of ${word}`,
  (word) => `Notes on ${word}`,
  (word) => `${capital(word)} for Beginners`,
  (word) => `A Short History of ${word}`,
  (word) => `${capital(word)} at Midnight`,
];

const FIRST_NAMES = [
  ...["Ada", "Ben", "Cleo", "Dan", "Edith", "Felix", "Greta", "Hugo", "Ida", "Jonas", "Klara"],
  ...["Leo", "Mia", "Nils", "Olga", "Paul", "Ruth", "Simon", "Tilda", "Ute", "Vera", "Willi"],
  ...["Alma", "Bruno", "Carla", "Emil", "Frieda", "Georg", "Hanna", "Ivo", "Jule"],
];

const LAST_NAMES = [
  ...["Abel", "Berg", "Conrad", "Dorn", "Ebert", "Falk", "Gross", "Haas", "Jung", "Kern"],
  ...["Lang", "Moor", "Noll", "Otto", "Pohl", "Rieg", "Stern", "Thal", "Uhl", "Vogt", "Wolf"],
  ...["Adler", "Busch", "Ernst", "Frost", "Hirsch", "Krug", "Lenz", "Reuter"],
];

/** Books that hardly anybody borrows: the filter leaves them out. */
const RARE = ["Minutes of the Parish Council", "Tide Tables 1931", "Soil Maps", "Weights of Coins"];

/** Readers who come a few times only: the filter leaves them out. */
const VISITORS = 40;

/** 2024-01-01 09:00 UTC, when the library opens for the first time in the table. */
const OPENS = Date.UTC(2024, 0, 1, 9);

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/**
 * The table as CSV text with the columns reader, title and borrowed: sorted by time, about 8,000
 * loans of 360 titles by 640 readers, some too rare for the filter, some lines without a title.
 * Always the same bytes.
 */
export function exampleTable(): string {
  const titles = SUBJECTS.flatMap((words) =>
    TITLES.flatMap((title) => words.map((word) => title(word)))
  );
  const itemsPerInterest = titles.length / SUBJECTS.length;
  const planted = synthetic({
    users: 640,
    interests: SUBJECTS.length,
    itemsPerInterest,
    interestsPerUser: [2, 3],
    length: [7, 18],
  });
  const random = new Random(1, "example table");
  const titleOf = (item: number) => {
    const [, interest, rank] = planted.labels![item]!.match(/^planted (\d+) \/ item (\d+)$/)!;
    return titles[Number(interest) * itemsPerInterest + Number(rank) - 1]!;
  };
  const loans: Loan[] = [];
  const histories = (["train", "valid", "test"] as const).flatMap((split) =>
    Array.from({ length: userCount(planted[split]) }, (_, u) => itemsOf(planted[split], u))
  );
  histories.forEach((items, n) =>
    loans.push(...visits(nameOf(n), [...items].map(titleOf), random))
  );
  for (let n = 0; n < VISITORS; n++) {
    const some = Array.from({ length: 1 + random.below(3) }, () => random.below(titles.length));
    loans.push(...visits(nameOf(histories.length + n), some.map((at) => titles[at]!), random));
  }
  RARE.forEach((title, n) => loans.push(...visits(nameOf(7 * n), [title, ""], random)));
  loans.sort((a, b) => a.minute - b.minute || (a.reader < b.reader ? -1 : 1));
  const lines = loans.map(({ reader, title, minute }) => `${reader},${title},${dateOf(minute)}\n`);
  return `reader,title,borrowed\n${lines.join("")}`;
}

interface Loan {
  readonly reader: string;
  readonly title: string;
  /** since the library opened */
  readonly minute: number;
}

/** Loans one after the other, some on one visit and others weeks apart. */
function visits(reader: string, titles: readonly string[], random: Random): Loan[] {
  let minute = random.below(300) * 1440 + random.below(480);
  return titles.map((title) => {
    minute += random.uniform() < 0.4 ? 1 : (3 + random.below(28)) * 1440 + random.below(60);
    return { reader, title, minute };
  });
}

/** Different numbers, different names: up to 31 times 29, which have no common divisor. */
function nameOf(n: number): string {
  return `${FIRST_NAMES[n % FIRST_NAMES.length]!} ${LAST_NAMES[n % LAST_NAMES.length]!}`;
}

/** "2024-03-05 14:20" */
function dateOf(minute: number): string {
  const time = OPENS + Math.floor(minute / 1440) * DAY + (minute % 1440) * MINUTE;
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
