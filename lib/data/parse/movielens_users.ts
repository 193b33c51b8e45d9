/**
 * The users of MovieLens: users.dat of the 1M set, user::gender::age::occupation::zip, and u.user
 * of the 100K set, user|age|gender|occupation|zip. Zip codes are not read. Ages of the 100K set are
 * put into the seven groups that the 1M set has.
 */
import { BadInput } from "../../base/bad_input.ts";
import type { ProfileField } from "../interactions.ts";
import type { SourceProfiles } from "../profiles.ts";
import { Fields } from "./fields.ts";
import { eachLine, firstLines } from "./lines.ts";

const GENDERS = ["F", "M"];

/** The youngest of each group, which is also the group's code in users.dat, and its name. */
const AGES: readonly (readonly [from: number, name: string])[] = [
  [1, "under 18"],
  [18, "18-24"],
  [25, "25-34"],
  [35, "35-44"],
  [45, "45-49"],
  [50, "50-55"],
  [56, "56+"],
];

/** By their codes in users.dat. */
const OCCUPATIONS_1M = [
  "other or not specified",
  "academic/educator",
  "artist",
  "clerical/admin",
  "college/grad student",
  "customer service",
  "doctor/health care",
  "executive/managerial",
  "farmer",
  "homemaker",
  "K-12 student",
  "lawyer",
  "programmer",
  "retired",
  "sales/marketing",
  "scientist",
  "self-employed",
  "technician/engineer",
  "tradesman/craftsman",
  "unemployed",
  "writer",
];

const OCCUPATIONS_100K = [
  ..."administrator artist doctor educator engineer entertainment executive healthcare".split(" "),
  ..."homemaker lawyer librarian marketing none other programmer retired salesman".split(" "),
  ..."scientist student technician writer".split(" "),
];

/** A layout: where what stands, and what its values mean. */
interface Layout {
  readonly separator: string;
  readonly gender: number;
  readonly age: number;
  readonly occupations: readonly string[];
  /** -1 for none */
  ageGroup(age: number): number;
  /** -1 for none */
  occupation(text: string): number;
}

const OF_1M: Layout = {
  separator: "::",
  gender: 1,
  age: 2,
  occupations: OCCUPATIONS_1M,
  ageGroup: (code) => AGES.findIndex(([from]) => from === code),
  occupation: (code) =>
    /^\d+$/.test(code) && Number(code) < OCCUPATIONS_1M.length ? Number(code) : -1,
};

const OF_100K: Layout = {
  separator: "|",
  gender: 2,
  age: 1,
  occupations: OCCUPATIONS_100K,
  ageGroup: (age) => AGES.findLastIndex(([from]) => age >= from),
  occupation: (name) => OCCUPATIONS_100K.indexOf(name),
};

/** Columns of either. */
const COLUMNS = 5;

/**
 * Reads such a file, plain or gzip: fields gender, age and occupation.
 *
 * @throws BadInput with the line that is wrong, or if it is neither of the two
 */
export async function readMovielensUsers(path: string): Promise<SourceProfiles> {
  const lines = await firstLines(path);
  const at = Math.max(0, lines.findIndex((line) => line.trim() !== ""));
  const first = lines[at] ?? "";
  const layout = [OF_1M, OF_100K].find((one) => first.split(one.separator).length === COLUMNS);
  if (layout === undefined) {
    const remedy = "Give users.dat (user::gender::age::occupation::zip) or " +
      "u.user (user|age|gender|occupation|zip) of MovieLens.";
    throw new BadInput("no list of users that is known", `${path}, line ${at + 1}`, first, remedy);
  }
  const fields = new Fields(layout.separator);
  const categories = new Map<string, readonly number[]>();
  await eachLine(path, (line) => {
    fields.split(line);
    if (fields.count !== COLUMNS) throw fields.bad(fields.count, `not ${COLUMNS} columns`);
    const user = fields.text(0).trim();
    if (categories.has(user)) throw fields.bad(0, "a user that is listed twice");
    const known = (column: number, category: number) => {
      if (category < 0) throw fields.bad(column, "no such category");
      return category;
    };
    categories.set(user, [
      known(layout.gender, GENDERS.indexOf(fields.text(layout.gender).trim())),
      known(layout.age, layout.ageGroup(fields.number(layout.age))),
      known(3, layout.occupation(fields.text(3).trim())),
    ]);
  });
  const named: ProfileField[] = [
    { name: "gender", categories: GENDERS },
    { name: "age", categories: AGES.map(([, name]) => name) },
    { name: "occupation", categories: layout.occupations },
  ];
  return { source: path, fields: named, categories };
}
