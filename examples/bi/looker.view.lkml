# Weekly cells of ads: measures that are right at every grain, and in totals.
view: weekly_ads {
  sql_table_name: public.weekly_ads ;;

  dimension_group: week {
    type: time
    timeframes: [raw, date, week, month, quarter, year]
    datatype: date
    convert_tz: no
    sql: ${TABLE}.week ;;
  }
  dimension: account { sql: ${TABLE}.account ;; }
  dimension: currency { sql: ${TABLE}.currency ;; }
  dimension: campaign_id { sql: ${TABLE}.campaign_id ;; }
  dimension: campaign { sql: ${TABLE}.campaign ;; }
  dimension: country { sql: ${TABLE}.country ;; }
  dimension: placement { sql: ${TABLE}.placement ;; }

  measure: clicks_all {
    type: number
    sql: clicks_all(${TABLE}.clicks) FILTER (WHERE ${TABLE}.clicks_are = 'all') ;;
    value_format_name: decimal_0
  }
  measure: unique_clicks {
    type: number
    sql: unique_clicks(${TABLE}.clickers) ;;
    value_format_name: decimal_0
  }
  measure: click_through_rate {
    type: number
    sql: ctr(${TABLE}.clicks, ${TABLE}.impressions) FILTER (WHERE ${TABLE}.clicks_are = 'all') / 100 ;;
    value_format_name: percent_2
  }
  measure: cost_per_click {
    type: number
    sql: cpc(${TABLE}.spend, ${TABLE}.clicks, ${TABLE}.currency) FILTER (WHERE ${TABLE}.clicks_are = 'all') ;;
    value_format: "0.000"
  }
}
