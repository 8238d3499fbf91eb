/** Front door of `organization`: the group, its places, lines and categories, held in memory. */
export { type Directory, directory, forgetDirectory, type Group } from './directory.ts';
export { pointToken, readPointToken } from './posters.ts';
export {
  insertCategories,
  insertLines,
  insertNodes,
  insertPoints,
  insertSla,
  peopleAt,
  personByStaffNo,
  setBackup,
  staffNumbersOf,
  upsertPersons,
} from './queries.ts';
