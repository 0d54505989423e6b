"""What we say about a personnel file. Personal data is never repeated in a sentence, only where it stands."""

from lockstep.authoring.problems import Sentence, Severity

UNREADABLE = Sentence("file.unreadable", "打不开文件（{reason}）", "The file cannot be opened ({reason})")
TOO_BIG = Sentence(
    "file.too_big",
    "文件超过 {limit} MB 上限；请拆成几个文件",
    "The file is over the limit of {limit} MB; split it into several",
)
OLD_EXCEL = Sentence(
    "file.old_excel",
    "这是旧版 .xls 文件，或加了密码；请另存为不带密码的 .xlsx 或 CSV",
    "This is an old .xls file or one with a password; save it as .xlsx without a password, or as CSV",
)
BROKEN_EXCEL = Sentence(
    "file.broken_excel",
    "Excel 文件已损坏（{reason}）；请用 Excel 打开后重新保存",
    "The Excel file is damaged ({reason}); open it in Excel and save it again",
)
OTHER_SHEETS = Sentence(
    "file.sheets",
    "只读取第一张可见工作表“{used}”；其余 {others} 张不读",
    "Only the first visible sheet, {used}, is read; the other {others} are not",
    Severity.WARNING,
)
UTF16 = Sentence(
    "file.encoding",
    "文件是 UTF-16 编码；请另存为“CSV UTF-8”",
    "The file is in UTF-16; save it as CSV UTF-8",
)
NOT_TEXT = Sentence(
    "file.encoding",
    "文件既不是 UTF-8 也不是 GBK 文本；请另存为“CSV UTF-8”",
    "The file is neither UTF-8 nor GBK text; save it as CSV UTF-8",
)
CONTROL_CHARACTER = Sentence(
    "file.control_character",
    "这一行有看不见的控制字符（{code}）；请删掉后重新输入这一行",
    "This line holds an invisible control character ({code}); delete and retype the line",
)
LOST_CHARACTER = Sentence(
    "file.lost_character",
    "这一行有已经丢失的字（�），是以前转换编码时弄丢的；请从原表重新导出为“CSV UTF-8”",
    "This line holds a lost character (�) from an earlier change of encoding; export again as CSV UTF-8",
)
QUOTES = Sentence(
    "file.quotes",
    '从这一行起引号 " 没有配对；请补上或删掉',
    'From this line on a quotation mark (") is not closed; close or remove it',
)
EMPTY = Sentence("file.empty", "文件是空的", "The file is empty")
ONLY_HEADER = Sentence("file.only_header", "只有表头，没有数据行", "There is a header and no row below it")
TOO_MANY_ROWS = Sentence(
    "file.too_many_rows",
    "超过 {limit} 行上限；请拆成几个文件",
    "More than {limit} rows; split the file into several",
)

MISSING_COLUMNS = Sentence("columns.missing", "缺少这些列：{columns}", "These columns are missing: {columns}")
REPEATED_COLUMN = Sentence(
    "columns.repeated",
    "“{first}”和“{second}”是同一列；请只留一列",
    "{first} and {second} are the same column; keep one",
)
UNKNOWN_COLUMN = Sentence(
    "columns.unknown",
    "不认识“{column}”这一列，不会读取",
    "The column {column} is unknown and is not read",
    Severity.WARNING,
)
UNKNOWN_COLUMN_BUT = Sentence(
    "columns.unknown",
    "不认识“{column}”这一列，不会读取；是不是“{meant}”？",
    "The column {column} is unknown and is not read; did you mean {meant}?",
    Severity.WARNING,
)

ROW_TOO_LONG = Sentence(
    "row.too_long",
    "这一行有 {found} 格，表头只有 {columns} 列；内容里的逗号要用引号括起来",
    "The row has {found} cells and the header {columns}; put a value with a comma in quotes",
)
ROW_TOO_SHORT = Sentence(
    "row.too_short",
    "这一行只有 {found} 格，表头有 {columns} 列",
    "The row has only {found} cells and the header {columns}",
)
CELL_TOO_LONG = Sentence(
    "cell.too_long",
    "{column}：超过 {limit} 个字；请检查是不是串行了",
    "{column}: longer than {limit} characters; check that rows have not run together",
)
LINE_BREAK = Sentence(
    "cell.line_break",
    "{column}：单元格里有换行；请删掉",
    "{column}: there is a line break in the cell; remove it",
)
FORMULA = Sentence(
    "cell.formula",
    "{column}：以 {start} 开头的内容会被表格软件当作公式执行，不能导入；请改成普通文字",
    "{column}: a spreadsheet would run what starts with {start} as a formula; write plain text instead",
)
FORMULA_CELL = Sentence(
    "cell.formula",
    "{column}：是公式；请“复制、选择性粘贴为数值”后再导入",
    "{column}: is a formula; copy and paste it as a value first",
)
ERROR_CELL = Sentence(
    "cell.error",
    "{column}：是表格错误值 {value}；请改正",
    "{column}: holds the spreadsheet error {value}; mend it",
)
WRONG_KIND = Sentence(
    "cell.kind",
    "{column}：这里不能是时间或是/否；请写成文字",
    "{column}: a time of day or true/false cannot stand here; write text",
)
REQUIRED = Sentence("cell.required", "{column}：不能为空", "{column}: must not be empty")
BAD_ID = Sentence(
    "value.id",
    "{column}：只能用字母、数字、点、下划线、连字符，以字母或数字开头，不超过 64 个字符",
    "{column}: only letters, digits, dot, underscore and hyphen, starting with a letter or digit, at most 64",
)
BAD_ROLE = Sentence(
    "value.role",
    "{column}：角色用小写字母、数字、下划线，如 hr、safety_officer",
    "{column}: a role is lower-case letters, digits and underscores, such as hr or safety_officer",
)
BAD_PHONE = Sentence(
    "value.phone",
    "{column}：不是手机号；中国大陆写 11 位数字，其他地区写 + 和国家代码，如 +49 1512 3456789",
    "{column}: not a mobile number; 11 digits in mainland China, elsewhere + and the country code",
)
PHONE_ROUNDED = Sentence(
    "value.phone",
    "{column}：号码被表格软件写成了科学计数（1.38E+10），后几位已丢失；请把这一列设为文本后重填",
    "{column}: a spreadsheet turned it into 1.38E+10 and lost digits; format the column as text, retype",
)
BAD_EMAIL = Sentence("value.email", "{column}：不是邮箱地址", "{column}: not an e-mail address")
BAD_WECOM = Sentence(
    "value.wecom",
    "{column}：企业微信账号只能用字母、数字、. _ - @，不超过 64 个字符",
    "{column}: a WeCom account is letters, digits, . _ - and @, at most 64 characters",
)
BAD_DATE = Sentence(
    "value.date",
    "{column}：请写成 年-月-日，如 2026-11-02",
    "{column}: write year-month-day, such as 2026-11-02",
)
DATE_ORDER = Sentence(
    "value.date",
    "{column}：{value} 分不清月和日；请写成 年-月-日，如 2026-11-02",
    "{column}: in {value} day and month cannot be told apart; write year-month-day, such as 2026-11-02",
)
NO_SUCH_DAY = Sentence(
    "value.no_such_day", "{column}：没有 {value} 这一天", "{column}: there is no day {value}"
)
ODD_YEAR = Sentence(
    "value.year", "{column}：{value} 的年份不对吧？", "{column}: is the year of {value} right?"
)
BAD_SALARY = Sentence(
    "value.salary",
    "{column}：请写每月多少元，如 12000 或 12000.50",
    "{column}: write yuan a month, such as 12000 or 12000.50",
)
NEGATIVE_SALARY = Sentence("value.salary", "{column}：工资必须大于 0", "{column}: a salary must be above 0")
SALARY_TOO_FINE = Sentence(
    "value.salary", "{column}：最小到分，小数最多两位", "{column}: at most two decimals (fen)"
)
SALARY_TOO_BIG = Sentence(
    "value.salary",
    "{column}：超过 {limit} 元；单位是元，不是分",
    "{column}: above {limit} yuan; the unit is yuan, not fen",
)
BAD_LANGUAGE = Sentence(
    "value.language", "{column}：只有 zh（中文）和 en（英文）", "{column}: zh (Chinese) or en (English)"
)
BAD_ZONE = Sentence(
    "value.zone",
    "{column}：不认识时区 {value}；请写 Asia/Shanghai 这样的名称",
    "{column}: unknown time zone {value}; use a name such as Asia/Shanghai",
)
BAD_NAME = Sentence(
    "value.name", "{column}：姓名不超过 {limit} 个字", "{column}: a name has at most {limit} characters"
)

REPEATED_EMPLOYEE = Sentence(
    "rows.repeated",
    "{column}：工号 {employee} 与第 {first} 行重复",
    "{column}: employee number {employee} is on line {first} already",
)
OWN_MANAGER = Sentence(
    "rows.own_manager",
    "{column}：直属上级不能是本人",
    "{column}: nobody is their own manager",
)
NO_ADDRESS = Sentence(
    "rows.no_address",
    "工号 {employee} 没有手机、邮箱和企业微信，收不到任何通知",
    "Employee {employee} has no phone, e-mail or WeCom account: no message will reach them",
    Severity.WARNING,
)
UNKNOWN_MANAGER = Sentence(
    "rows.unknown_manager",
    "工号 {employee} 的直属上级 {manager} 还没有登记；请先用 lockstep staff import 导入",
    "Manager {manager} of {employee} is not on record; import them first: lockstep staff import",
    Severity.WARNING,
)
TWO_PEOPLE = Sentence(
    "rows.two_people",
    "工号 {employee} 的资料与第 {first} 行不同；同一个人各行要一致",
    "What is said of employee {employee} differs from line {first}; say the same on each line",
)
ROLE_TAKEN = Sentence(
    "rows.role_taken",
    "{entity} 的 {role} 在第 {first} 行已经有人；一个角色只能一个人",
    "{entity} has its {role} on line {first} already; one person to a role",
)
ENTITY_OF_ROLE = Sentence(
    "rows.entity_of_role",
    "{column}：写了角色就要写用人单位",
    "{column}: a role needs its legal entity",
)
NO_POLICY = Sentence(
    "rows.no_policy",
    "没有可用的制度：{zh}",
    "No policy can be used: {en}",
)
UNDER_WAY = Sentence(
    "rows.under_way",
    "工号 {employee} 已有进行中的流程 {other}；请改正合同日期，或先用 lockstep signal employee_left 结束它",
    "Employee {employee} has {other} under way; correct the contract's date, or end that one first: "
    "lockstep signal employee_left",
)
NO_SALARY = Sentence(
    "rows.no_salary",
    "工号 {employee} 没有月薪，而制度 {policy} 有工资调整；补上之前不会结算",
    "Employee {employee} has no salary and policy {policy} adjusts pay: nothing is settled until it is there",
    Severity.WARNING,
)
