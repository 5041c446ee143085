"""The commands and their options. Each command hands over to the module that does the work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.options import (
    BriefArgument,
    Command,
    Copy,
    ForceOption,
    Group,
    JsonOption,
    OutputOption,
    PackOption,
    ProfileName,
    Report,
    StageName,
    To,
)

__all__ = ["app"]

_SETTINGS = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
    help="按素材单和模板起草公文讲话稿：离线运行，每个数字都有出处，缺的标【待补】，绝不编造。",
    epilog="第一次用：drafter new 一问一答；或 drafter init 推进会 -o 素材单.yaml，填好后 drafter draft 素材单.yaml。",
)
library_app = typer.Typer(
    cls=Group, no_args_is_help=True, context_settings=_SETTINGS, help="模板库：场合、句式、业务素材。"
)
app.add_typer(library_app, name="library")


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", "-V", help="显示版本。")] = False,
) -> None:
    pass


@app.command("draft", cls=Command)
def draft(
    brief: BriefArgument,
    output: OutputOption = None,
    to: Annotated[To | None, typer.Option(help="输出格式；不写时看文件后缀，默认 docx。")] = None,
    copy: Annotated[
        Copy, typer.Option(help="哪一种稿：报审（清样）、核稿（逐处批注出处）、朗读（大字）。")
    ] = Copy.REVIEW,
    page: Annotated[str, typer.Option("--format", metavar="版式", help="版式名称或文件，默认 GB/T 9704-2012。")] = "",
    trace: Annotated[Path | None, typer.Option(metavar="文件", help="把每一处文字的出处写成 JSON。")] = None,
    seed: Annotated[str, typer.Option(metavar="种子", help="换一套措辞（同素材单里的“措辞种子”）。")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="有任何提示（如篇幅不符、事实未核实）都以 1 退出。")] = False,
    no_check: Annotated[bool, typer.Option("--no-check", help="写完不校对。")] = False,
    force: ForceOption = False,
    as_json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """把素材单写成讲话稿。

    写成后在屏幕上列出字数、时长和待补之处，并校对一遍（同 drafter check）。
    没有写 -o 时，写到素材单旁边的同名 .docx，已有同名文件则另起一名。
    退出状态：0 完成；1 有待补或校对出错误；2 文件或用法不对；3 素材单有错。

    例：drafter draft 素材单.yaml -o 讲话.docx --copy 核稿
    """
    from drafter.cli.draft import Request, draft_speech

    return draft_speech(
        Request(
            brief,
            output,
            to.value if to else "",
            copy.value,
            page,
            trace,
            seed,
            strict,
            force,
            as_json,
            pack or [],
            not no_check,
        )
    )


@app.command(cls=Command)
def batch(
    briefs: Annotated[
        list[str] | None,
        typer.Argument(metavar="素材单…", help="素材单、文件夹、通配符（'*.yaml'），或一行一份的 .ndjson。"),
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="文件夹", help="写到哪个文件夹。")] = Path("out"),
    table: Annotated[
        Path | None, typer.Option(metavar="表格", help="一行一篇的 .xlsx 或 .csv；表头写素材单的键，如 单位.名称。")
    ] = None,
    brief: Annotated[Path | None, typer.Option(metavar="素材单", help="表格各行共用的素材单。")] = None,
    to: Annotated[To, typer.Option(help="输出格式。")] = To.DOCX,
    copy: Annotated[Copy, typer.Option(help="哪一种稿：报审、核稿、朗读。")] = Copy.REVIEW,
    name: Annotated[
        str, typer.Option(metavar="文件名", help='怎样起文件名，如 "{单位.名称}-{会议}"；还可用 {文件}、{行}。')
    ] = "",
    jobs: Annotated[int, typer.Option(metavar="N", min=0, max=61, help="几个进程；0 由程序定。")] = 0,
    cluster: Annotated[str, typer.Option(metavar="地址", help="交给 dask 集群，如 tcp://10.0.0.5:8786。")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的做：只做没做完的和改过的。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，一个文件也不写。")] = False,
    report: Annotated[Path | None, typer.Option(metavar="文件", help="逐篇的结果：.json、.csv 或 .xlsx。")] = None,
    force: ForceOption = False,
    pack: PackOption = None,
) -> int:
    """一次写很多篇：许多素材单，或一张表格，一行一篇。

    有错的行不影响别的行，每处错都说明在哪个文件、哪个工作表、哪一格。
    退出状态：0 全部完成；1 有待补或有几篇没写成；2 文件或用法不对；3 共用的素材单有错。

    例：drafter batch 素材单/ -o 讲话稿
    例：drafter batch --table 名单.xlsx --brief 共用.yaml -o 讲话稿 --name "{单位.名称}" --report 结果.xlsx
    """
    from drafter.batch import Options
    from drafter.cli.batch import write_batch

    options = Options(
        inputs=tuple(briefs or ()), table=table, base=brief, folder=output, to=to.value, copy=copy.value, name=name,
        jobs=jobs, cluster=cluster, resume=resume, dry_run=dry_run, force=force, packs=tuple(pack or ()),
        project=Path(),
    )  # fmt: skip
    return write_batch(options, report)


@app.command("import", cls=Command)
def import_(
    source: Annotated[Path, typer.Argument(metavar="旧稿", help="旧讲话稿：.docx、.txt 或 .md；- 表示标准输入。")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="文件", help="写到哪里；不写时素材单写到旧稿旁边的同名 .yaml；- 表示标准输出。"
        ),
    ] = None,
    outline: Annotated[bool, typer.Option("--outline", help="只要提纲：各级标题和所在的行。")] = False,
    text: Annotated[bool, typer.Option("--text", help="只要清理干净的正文。")] = False,
    as_json: JsonOption = False,
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="正文一字不改，只重新排版；写完逐字核对一遍。")
    ] = False,
    year: Annotated[
        int,
        typer.Option(metavar="年份", min=0, max=2999, help="要改到哪一年，如 2027：列出每一处年份、日期，不替您改。"),
    ] = 0,
    occasion: Annotated[str, typer.Option(metavar="场合", help="如 推进会；不写由程序从标题看。")] = "",
    force: ForceOption = False,
    pack: PackOption = None,
) -> int:
    """把旧讲话稿读成素材单：清理、认结构、摘事实，再交给 drafter draft。

    事实一律标“核实: false”，旧稿里留空的、没有把握的，都列出来请您定。
    退出状态：0 完成；1 有留空、存疑或不全；2 读不了或用法不对。

    例：drafter import 去年讲话.docx -o 素材单.yaml --year 2027
    例：drafter import 去年讲话.docx --keep-text -o 原文.yaml，再 drafter draft 原文.yaml：一字不改，换成标准版式
    """
    from drafter.cli.importing import Request, import_text

    return import_text(Request(source, output, outline, text, as_json, keep_text, year, occasion, force, pack or []))


@app.command("check", cls=Command)
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="文件…", help=".docx、.txt、.md、素材单（.yaml），或文件夹；- 表示标准输入。"),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="写回有把握的改法；引文、文件名和数字不动。")] = False,
    suggested: Annotated[
        bool, typer.Option("--suggested", help="同 --fix 或 --diff 一起用：建议性的改法也算上。")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="只看 --fix 会怎样改，不写回。")] = False,
    select: Annotated[
        list[str] | None, typer.Option(metavar="规则", help="只查这些规则，如 P、N015；可多次使用。")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="规则", help="不查这些规则；可多次使用。")] = None,
    date: Annotated[
        str, typer.Option(metavar="日期", help="讲话的日期，如 2026-03-05；不写则从文稿里看。提法是否过时以它为准。")
    ] = "",
    profile: Annotated[ProfileName | None, typer.Option(help="按哪一类文稿的习惯；默认 公文。")] = None,
    stage: Annotated[StageName | None, typer.Option(help="草稿里的空白不算错误；默认 定稿。")] = None,
    level: Annotated[
        str, typer.Option(metavar="<错误|警告|提示>", help="最低显示到哪一级；也可写 error、warning、info。")
    ] = "提示",
    form: Annotated[Report, typer.Option("--format", help="报告的格式。")] = Report.TEXT,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="把报告写到文件。")] = None,
    marked: Annotated[Path | None, typer.Option(metavar="文件", help="另写一份 .docx，在每处问题上加批注。")] = None,
    dating: Annotated[bool, typer.Option("--dating", help="只推断文稿最早可能是哪一天的。")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="列出全部规则。")] = False,
    explain: Annotated[str, typer.Option(metavar="规则", help="说明一条规则：理由、依据、例子。")] = "",
    config: Annotated[
        Path | None, typer.Option(metavar="文件", help="设置文件；不写则用当前文件夹或上级的 drafter.toml。")
    ] = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """校对文稿：标点、数字、用词、提法、结构、时效和版式，逐处说明依据。

    查素材单时，先排成文稿再查，并说明每处文字的出处。文稿里可以写 <!-- check: off P014 --> 关掉一条规则。
    退出状态：0 没有错误和警告；1 有；2 读不了或用法不对；3 素材单有错。

    例：drafter check 讲话.docx --date 2026-03-05
    例：drafter check 讲话.docx --fix；drafter check 文稿/ --format sarif -o 结果.sarif
    """
    from drafter.cli import checking

    if rules:
        return checking.list_rules(as_json)
    if explain:
        return checking.explain(explain)
    if not files:
        raise typer.BadParameter("没有写要查的文件")
    return checking.check_files(
        checking.Request(
            files, fix, suggested, diff, select or [], ignore or [], date, profile.value if profile else "",
            stage.value if stage else "", level, "json" if as_json else form.value, output, marked, dating,
            config, force, pack or [],
        )
    )  # fmt: skip


@app.command("init", cls=Command)
def init(
    occasion: Annotated[str, typer.Argument(metavar="场合", help="如 推进会；drafter library list 列出全部。")],
    output: OutputOption = None,
    force: ForceOption = False,
    pack: PackOption = None,
) -> int:
    """写一份带说明的空白素材单，在编辑器里填写。

    例：drafter init 推进会 -o 素材单.yaml
    """
    from drafter.cli.init import write_skeleton

    return write_skeleton(occasion, output, force, pack or [])


@app.command("new", cls=Command)
def new(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="文件", help="素材单存到哪里。")] = Path(
        "素材单.yaml"
    ),
    occasion: Annotated[str, typer.Option(metavar="场合", help="如 推进会；不写则先问。")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="接着上次没答完的继续。")] = False,
    answers: Annotated[
        Path | None, typer.Option(metavar="文件", help="不提问，用这份素材单作答（供脚本使用）。")
    ] = None,
    force: ForceOption = False,
    pack: PackOption = None,
) -> int:
    """一问一答写讲话稿：只问这个场合还缺的，每答一题就存盘，随时可停、可续。

    例：drafter new --occasion 推进会 -o 素材单.yaml
    """
    from drafter.cli.new import new_speech

    return new_speech(output, occasion, resume, answers, force, pack or [])


@app.command("schema", cls=Command)
def schema(output: OutputOption = None, force: ForceOption = False, pack: PackOption = None) -> int:
    """打印素材单的 JSON Schema，供编辑器补全、供其他程序校验。"""
    from drafter.cli.init import write_schema

    return write_schema(output, force, pack or [])


@library_app.command("list", cls=Command)
def library_list(
    kind: Annotated[str, typer.Argument(metavar="类别", help="场合、句式、标题、业务素材或功能；不写则全部。")] = "",
    as_json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """列出场合、句式、业务素材。"""
    from drafter.cli.library import list_library

    return list_library(kind, as_json, pack or [])


_Name = Annotated[str, typer.Argument(metavar="名称", help="编号、中文名或代号，如 P06、我们排比。")]


@library_app.command("show", cls=Command)
def library_show(name: _Name, as_json: JsonOption = False, pack: PackOption = None) -> int:
    """看一个句式、场合或业务素材：要素、措辞、范例、原文。"""
    from drafter.cli.library import show

    return show(name, as_json, pack or [])


@library_app.command("search", cls=Command)
def library_search(
    words: Annotated[list[str], typer.Argument(metavar="词", help="在名称、要素和文字里找；几个词要同时出现。")],
    as_json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """按词查找句式、场合和业务素材。"""
    from drafter.cli.library import search

    return search(words, as_json, pack or [])


@library_app.command("schema", cls=Command)
def library_schema(name: _Name, pack: PackOption = None) -> int:
    """打印一个句式的要素的 JSON Schema。"""
    from drafter.cli.library import schema

    return schema(name, pack or [])


@library_app.command("render", cls=Command)
def library_render(
    name: _Name,
    data: Annotated[
        Path | None, typer.Option(metavar="文件", help="要素（YAML）；- 为标准输入；不写用句式自带的范例。")
    ] = None,
    variant: Annotated[str, typer.Option("--variant", metavar="措辞", help="用哪一种措辞，如 甲。")] = "",
    marks: Annotated[bool, typer.Option("--marks", help="保留模板的记号（可省的句子、小标题）。")] = False,
    pack: PackOption = None,
) -> int:
    """单独填一个句式，看写出来的样子。"""
    from drafter.cli.library import render

    return render(name, data, variant, marks, pack or [])


@library_app.command("new", cls=Command)
def library_new(
    kind: Annotated[str, typer.Argument(metavar="类别", help="模板包、句式、业务素材或场合。")] = "",
    name: Annotated[
        str, typer.Argument(metavar="名字", help="模板包写文件夹名；其余写 id，如 acme.task.my-points、acme.my-topic。")
    ] = "",
    title: Annotated[str, typer.Option(metavar="名称", help="中文名；模板包不写时用文件夹名。")] = "",
    pack_id: Annotated[str, typer.Option("--id", metavar="编号", help="模板包的 id，如 acme。")] = "",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="文件夹",
            help="写进哪个模板包；不写为当前文件夹；--from 也可写 .j2 文件，在模板包外就只写它。",
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="旧稿", help="由旧讲话稿（.docx .txt .md）的一部分写成句式，事实都变成要素。"),
    ] = None,
    section: Annotated[int, typer.Option(metavar="N", help="用旧稿的第几部分，从 1 数；不写则列出各部分。")] = 0,
    force: Annotated[bool, typer.Option("--force", help="--from 写的文件已经有了也覆盖。")] = False,
) -> int:
    """建一个模板包，或往里加一个句式、业务素材、场合：写出带说明、能用的样子，供修改。不覆盖已有的文件。

    用 --from 由旧稿写成句式：固定的话照旧稿，数字、时间、单位、人员、文件、品牌都变成要素，例子就是旧稿自己。

    例：drafter library new 模板包 我的模板 --id acme
    例：drafter library new 句式 acme.task.my-points --title 三条任务 -o 我的模板
    例：drafter library new --from 旧讲话.docx --section 2 -o 我的模板/patterns/task/old-points.j2
    """
    if source or section or force:
        from drafter.cli.proposing import Request, new_from

        return new_from(Request(source, section, kind, name, title, pack_id, output, force))
    from drafter.cli.pack import new_in_library

    return new_in_library(kind, name, title, pack_id, output)


@library_app.command("check", cls=Command)
def library_check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="模板包", help="文件夹或 zip；不写则检查全部已装的。")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """检查模板包：格式、要素、范例、不许编造的内容。"""
    from drafter.cli.library import check_pack

    return check_pack(folder, as_json)
